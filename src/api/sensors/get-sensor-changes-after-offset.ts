import { changesOperation } from '../../http/changes.ts'
import { sensorChangesAfter } from '../../store/sensors.ts'

export const getSensorChangesAfterOffset = changesOperation({
  operationId: 'getSensorChangesAfterOffset',
  family: 'sensors',
  path: '/organizations/:organizationId/sensor-changes/:offset',
  property: 'sensorChanges',
  select: sensorChangesAfter,
})
