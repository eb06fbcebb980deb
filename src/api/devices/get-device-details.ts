import { z } from 'zod'
import { deviceDetails } from '../../domain/device.ts'
import { type DeviceId, idFrom, type OrganizationId } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { deviceOf } from '../../store/devices.ts'
import { access } from '../access.ts'
import { askerOf, notCovered } from './asker.ts'

export const getDeviceDetails = managementOperation({
  operationId: 'getDeviceDetails',
  method: 'GET',
  path: '/organizations/{organizationId}/devices/{deviceId}',
  tag: 'devices',
  summary: 'A device, what it is in and a part of, and its parts',
  access: access.getDeviceDetails,
  params: z.object({ organizationId: givenId, deviceId: givenId }),
  answer: { status: 200, schema: deviceDetails },
  problems: ['not-covered', 'device-not-found'],
  objects: () => 1,
  handle: async ({ context, caller, params }) => {
    const organization = idFrom<OrganizationId>(params.organizationId)
    const found = await deviceOf(context.db.request, askerOf(caller), organization, idFrom<DeviceId>(params.deviceId))
    if (found === null) throw notCovered()
    if (found === undefined) throw problem('device-not-found')
    return found
  },
})
