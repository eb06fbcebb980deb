import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import { endOfDay, startOfDay } from './ui/times.ts'

/** What of the record is asked for: days are yyyy-mm-dd, of the viewer's zone. */
export interface ActivityWanted {
  from?: string
  to?: string
  verb?: string
  actor?: string
}

function queryOf({ from, to, verb, actor }: ActivityWanted) {
  return {
    ...(from && { from: startOfDay(from) }),
    ...(to && { to: endOfDay(to) }),
    ...(verb && { verb }),
    ...(actor && { actor }),
  }
}

/** The record of acts, the newest first, page by page. */
export function activityQuery(wanted: ActivityWanted) {
  return infiniteQueryOptions({
    queryKey: ['activity', wanted],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/activity', { params: { query: { ...queryOf(wanted), ...(pageParam > 0 && { before: pageParam }) } } }),
      ),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
}

export function activityExportHref(wanted: ActivityWanted): string {
  return `/api/v1/activity/export?${new URLSearchParams(queryOf(wanted))}`
}

/** What the verifier finds; asked by a button. */
export const verificationQuery = queryOptions({
  queryKey: ['activity', 'verification'],
  queryFn: () => answer(api.GET('/api/v1/acts/verification')),
  enabled: false,
  gcTime: 0,
})
