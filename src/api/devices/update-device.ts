import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { changeDevice } from '../../domain/ingest/people-changes.ts'
import { deviceChange } from '../../domain/site.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { changeInventory } from '../../store/ingest/change-inventory.ts'
import { access } from '../access.ts'
import { changeFrom, ownOrganization, unlessRefused } from './own-organization.ts'

export const updateDevice = managementOperation({
  operationId: 'updateDevice',
  method: 'PATCH',
  path: '/organizations/{organizationId}/devices/{deviceId}',
  tag: 'devices',
  summary: 'Name or place a device, note something about it, set its dates',
  description:
    'What people set goes before what its gateways say, until it is taken back by null. All else about a device is the gateways’. It is a change of the ' +
    'inventory, for whoever reads it. Its parts go where it goes.',
  access: access.updateDevice,
  params: z.object({ organizationId: givenId, deviceId: givenId }),
  body: deviceChange,
  answer: { status: 204 },
  problems: ['not-covered', 'device-not-found', 'location-not-found', 'location-misplaced'],
  handle: async ({ context, caller, params, body }) => {
    const organization = ownOrganization(caller, params.organizationId)
    const id = idFrom(params.deviceId)
    const change = changeDevice(id, changeFrom(organization, body))
    const record = { verb: 'device.changed', id, changed: Object.keys(body) } as const
    return unlessRefused(await changeInventory(context.db, caller.actor, organization, change, record))
  },
})
