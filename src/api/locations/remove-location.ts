import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { removeLocation as removal } from '../../domain/ingest/people-changes.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { changeInventory } from '../../store/ingest/change-inventory.ts'
import { access } from '../access.ts'
import { ownOrganization, unlessRefused } from '../devices/own-organization.ts'

export const removeLocation = managementOperation({
  operationId: 'removeLocation',
  method: 'DELETE',
  path: '/organizations/{organizationId}/locations/{locationId}',
  tag: 'locations',
  summary: 'Remove a location that is empty',
  description: 'One that a gateway reports would come back with its next report, and is not removed.',
  access: access.removeLocation,
  params: z.object({ organizationId: givenId, locationId: givenId }),
  answer: { status: 204 },
  problems: ['not-covered', 'location-not-found', 'location-not-empty', 'location-reported'],
  handle: async ({ context, caller, params }) => {
    const organization = ownOrganization(caller, params.organizationId)
    const id = idFrom(params.locationId)
    const record = { verb: 'location.removed', id } as const
    return unlessRefused(await changeInventory(context.db, caller.actor, organization, removal(id), record))
  },
})
