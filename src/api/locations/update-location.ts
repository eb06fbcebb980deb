import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { changeLocation } from '../../domain/ingest/people-changes.ts'
import { locationChange } from '../../domain/site.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { changeInventory } from '../../store/ingest/change-inventory.ts'
import { access } from '../access.ts'
import { changeFrom, ownOrganization, unlessRefused } from '../devices/own-organization.ts'

export const updateLocation = managementOperation({
  operationId: 'updateLocation',
  method: 'PATCH',
  path: '/organizations/{organizationId}/locations/{locationId}',
  tag: 'locations',
  summary: 'Rename or move a location',
  description:
    'Of one that a gateway reports, what people set goes before what the gateway says, until it is taken back by null. What is in it moves with it.',
  access: access.updateLocation,
  params: z.object({ organizationId: givenId, locationId: givenId }),
  body: locationChange,
  answer: { status: 204 },
  problems: ['not-covered', 'location-not-found', 'location-misplaced'],
  handle: async ({ context, caller, params, body }) => {
    const organization = ownOrganization(caller, params.organizationId)
    const id = idFrom(params.locationId)
    const change = changeLocation(id, changeFrom(organization, body))
    const record = { verb: 'location.changed', id, changed: Object.keys(body) } as const
    return unlessRefused(await changeInventory(context.db, caller.actor, organization, change, record))
  },
})
