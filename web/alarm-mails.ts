import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'

/** Of which alarms the person who is signed in is told by mail. */
export const alarmMailsQuery = queryOptions({
  queryKey: ['alarm mails'],
  queryFn: () => answer(api.GET('/api/v1/alarm-mails')),
})
