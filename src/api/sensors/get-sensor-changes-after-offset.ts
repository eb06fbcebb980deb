import { changesOperation } from '../../http/changes.ts'
import { sensorChangesAfter } from '../../store/sensors.ts'

export const getSensorChangesAfterOffset = changesOperation({
  operationId: 'getSensorChangesAfterOffset',
  path: '/organizations/:organizationId/sensor-changes/:offset',
  property: 'sensorChanges',
  select: sensorChangesAfter,
})
