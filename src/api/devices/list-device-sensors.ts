import { z } from 'zod'
import { measuredSensor } from '../../domain/device.ts'
import { type DeviceId, idFrom, type OrganizationId } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { latestOf } from '../../measurements/history.ts'
import { latestParts } from '../../store/measurements/charts.ts'
import { access } from '../access.ts'
import { askerOf, notCovered } from './asker.ts'

export const listDeviceSensors = managementOperation({
  operationId: 'listDeviceSensors',
  method: 'GET',
  path: '/organizations/{organizationId}/devices/{deviceId}/sensors',
  tag: 'devices',
  summary: "A device's sensors, with their latest values",
  description: 'None where there is no such device.',
  access: access.listDeviceSensors,
  params: z.object({ organizationId: givenId, deviceId: givenId }),
  answer: { status: 200, schema: z.object({ sensors: z.array(measuredSensor) }) },
  problems: ['not-covered'],
  objects: ({ sensors }) => sensors.length,
  handle: async ({ context, caller, params }) => {
    const organization = idFrom<OrganizationId>(params.organizationId)
    const parts = await latestParts(context.db.request, askerOf(caller), organization, idFrom<DeviceId>(params.deviceId))
    if (parts === null) throw notCovered()
    return { sensors: latestOf(parts) }
  },
})
