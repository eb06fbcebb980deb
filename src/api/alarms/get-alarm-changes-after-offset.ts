import { changesOperation } from '../../http/changes.ts'
import { alarmChangesAfter } from '../../store/alarms.ts'

export const getAlarmChangesAfterOffset = changesOperation({
  operationId: 'getAlarmChangesAfterOffset',
  family: 'alarms',
  path: '/organizations/:organizationId/alarm-changes/:offset',
  property: 'alarms',
  select: alarmChangesAfter,
})
