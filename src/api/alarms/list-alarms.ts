import { listOperation } from '../../http/lists.ts'
import { alarmList } from '../../store/alarms.ts'

export const listAlarms = listOperation({
  operationId: 'listAlarms',
  family: 'alarms',
  path: '/organizations/:organizationId/alarms',
  property: 'alarms',
  select: alarmList,
})
