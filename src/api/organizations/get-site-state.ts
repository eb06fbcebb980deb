import { z } from 'zod'
import { idFrom, type OrganizationId } from '../../domain/ids.ts'
import { silentAfterMinutes, siteState } from '../../domain/site.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { siteStateOf } from '../../store/site-state.ts'
import { access } from '../access.ts'
import { askerOf, notCovered } from '../devices/asker.ts'

export const getSiteState = managementOperation({
  operationId: 'getSiteState',
  method: 'GET',
  path: '/organizations/{organizationId}/state',
  tag: 'organizations',
  summary: 'How the sites of an organization stand now',
  description: `Active alarms by severity, and devices without contact: those whose gateways were not heard of for ${silentAfterMinutes} minutes.`,
  access: access.getSiteState,
  params: z.object({ organizationId: givenId }),
  answer: { status: 200, schema: siteState },
  problems: ['not-covered'],
  objects: () => 1,
  handle: async ({ context, caller, params }) => {
    const organization = idFrom<OrganizationId>(params.organizationId)
    const state = await siteStateOf(context.db.request, askerOf(caller), organization)
    if (state === null) throw notCovered()
    return state
  },
})
