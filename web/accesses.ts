import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import { endOfDay, startOfDay } from './ui/times.ts'

const dayMs = 24 * 60 * 60 * 1000
/** An access is written within a second: so what is shown is at most 5 seconds old. */
const refetchEveryMs = 3_500
/** Sums over much are asked for no more often than so many times what it took. */
const patience = 30
/** Whoever has turned this many pages looks back: what is new is not looked for any more. */
const livePagesMax = 3

export const accessDays = [1, 7, 30, 90] as const

export type AccessOutcome = 'read' | 'refused' | 'failed'

/** What the history is asked for: the last so many days, or one day (yyyy-mm-dd, of the viewer's zone). */
export interface AccessesWanted {
  days: (typeof accessDays)[number]
  day?: string
  company?: string
  reader?: string
  operation?: string
  outcome?: AccessOutcome
}

/** By what it is summed up: a day or two by the hour. */
export function stepOf({ days, day }: AccessesWanted): 'hour' | 'day' {
  return days === 1 || day !== undefined ? 'hour' : 'day'
}

/** From when to when it reaches, in ms since 1970, at this moment. */
export function spanOf({ days, day }: AccessesWanted): [from: number, to: number] {
  if (day !== undefined) return [Date.parse(startOfDay(day)), Date.parse(endOfDay(day)) + 1]
  const now = Date.now()
  return [now - days * dayMs, now]
}

/** As the API takes it. What is going on is asked for without an end. */
export function accessQueryOf({ company, reader, operation, outcome, ...time }: AccessesWanted) {
  const [from, to] = spanOf(time)
  return {
    from: new Date(from).toISOString(),
    ...(time.day === undefined ? {} : { to: new Date(to).toISOString() }),
    ...(company && { companyId: company }),
    ...(reader && { readerId: reader }),
    ...(operation && { operation }),
    ...(outcome && { outcome }),
  }
}

/** Each minute's accesses, the newest first, page by page. */
export function accessesQuery(wanted: AccessesWanted) {
  return infiniteQueryOptions({
    queryKey: ['accesses', 'list', wanted],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/accesses', { params: { query: { ...accessQueryOf(wanted), ...(pageParam && { after: pageParam }) } } }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > livePagesMax ? false : refetchEveryMs),
  })
}

export function accessSumsQuery(wanted: AccessesWanted) {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return queryOptions({
    queryKey: ['accesses', 'sums', wanted],
    queryFn: async () => {
      const begun = performance.now()
      const query = { ...accessQueryOf(wanted), step: stepOf(wanted), timeZone }
      const sums = await answer(api.GET('/api/v1/accesses/sums', { params: { query } }))
      return { ...sums, tookMs: performance.now() - begun }
    },
    placeholderData: keepPreviousData,
    // What takes the server long is not asked for all the time. Where there was nothing to sum up, it was something else that took long, and what comes is to be seen.
    refetchInterval: ({ state: { data } }) =>
      data === undefined || data.sums.length === 0 ? refetchEveryMs : Math.max(refetchEveryMs, patience * data.tookMs),
  })
}

/** By whom and by what the history of that time can be filtered. */
export function accessReadersQuery({ days, day }: AccessesWanted) {
  const time = { days, ...(day !== undefined && { day }) }
  return queryOptions({
    queryKey: ['accesses', 'readers', time],
    queryFn: () => {
      const { from, to } = accessQueryOf(time)
      return answer(api.GET('/api/v1/accesses/readers', { params: { query: { from, ...(to && { to }) } } }))
    },
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
}

/** Where the same is to be had as a file. */
export function accessExportHref(wanted: AccessesWanted): string {
  return `/api/v1/accesses/export?${new URLSearchParams(accessQueryOf(wanted))}`
}
