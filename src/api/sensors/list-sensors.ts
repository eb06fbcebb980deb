import { listOperation } from '../../http/lists.ts'
import { sensorList } from '../../store/sensors.ts'

export const listSensors = listOperation({
  operationId: 'listSensors',
  family: 'sensors',
  path: '/organizations/:organizationId/sensors',
  property: 'sensors',
  select: sensorList,
})
