import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { noteAcknowledgement } from '../../store/organization-alarms.ts'
import { access } from '../access.ts'
import { ownOrganization } from '../devices/own-organization.ts'

export const withdrawAcknowledgement = managementOperation({
  operationId: 'withdrawAcknowledgement',
  method: 'DELETE',
  path: '/organizations/{organizationId}/alarms/{alarmId}/acknowledgement',
  tag: 'alarms',
  summary: 'Say that an alarm is still to be seen to',
  description: 'What was said before stays in its history.',
  access: access.withdrawAcknowledgement,
  params: z.object({ organizationId: givenId, alarmId: givenId }),
  answer: { status: 204 },
  problems: ['not-covered', 'not-found'],
  handle: async ({ context, caller, params }) => {
    const organization = ownOrganization(caller, params.organizationId)
    const member = { id: caller.memberId ?? '', personId: caller.personId ?? '' }
    const noted = await noteAcknowledgement(context.db.request, member, organization, idFrom(params.alarmId), {
      withdrawn: true,
    })
    if (noted === null) throw problem('not-found')
    return undefined
  },
})
