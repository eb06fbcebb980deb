import { z } from 'zod'
import { addLocation } from '../../domain/ingest/people-changes.ts'
import { newLocation } from '../../domain/site.ts'
import { givenId } from '../../domain/text.ts'
import { uuidFrom } from '../../domain/uuid.ts'
import { managementOperation } from '../../http/management.ts'
import { changeInventory } from '../../store/ingest/change-inventory.ts'
import { access } from '../access.ts'
import { givenPlace, ownOrganization, unlessRefused } from '../devices/own-organization.ts'

export const createLocation = managementOperation({
  operationId: 'createLocation',
  method: 'POST',
  path: '/organizations/{organizationId}/locations',
  tag: 'locations',
  summary: 'Make a location',
  description: 'It is your own: no gateway renames, moves or removes it.',
  access: access.createLocation,
  params: z.object({ organizationId: givenId }),
  body: newLocation,
  answer: { status: 201, schema: z.object({ id: z.string() }) },
  problems: ['not-covered', 'location-not-found', 'location-misplaced'],
  handle: async ({ context, caller, params, body: { parentId, ...given } }) => {
    const organization = ownOrganization(caller, params.organizationId)
    const id = uuidFrom(context.clock.randomBytes(16))
    const place = parentId === undefined ? null : givenPlace(organization, parentId)
    const change = addLocation(id, { ...given, parentId: place })
    const record = { verb: 'location.created', id } as const
    unlessRefused(await changeInventory(context.db, caller.actor, organization, change, record))
    return { id }
  },
})
