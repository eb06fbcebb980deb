import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api, type Severity } from './client.ts'

export interface AlarmsWanted {
  severity: Severity | ''
  locationId: string
  search: string
  /** Whether somebody has seen them. */
  acknowledged: 'true' | 'false' | ''
  deviceId?: string | undefined
}

/** At once; more active alarms than these are narrowed down, and past ones come page by page. */
const activeMax = 200
const pastAtOnce = 50

const given = ({ severity, locationId, search, acknowledged, deviceId }: AlarmsWanted) => ({
  ...(severity && { severity }),
  ...(locationId && { locationId }),
  ...(search && { search }),
  ...(acknowledged && { acknowledged }),
  ...(deviceId && { deviceId }),
})

/** An organization's active alarms, the worst first. */
export function activeAlarmsQuery(organizationId: string, wanted: AlarmsWanted) {
  const query = { state: 'active' as const, limit: activeMax, ...given(wanted) }
  return queryOptions({
    queryKey: ['alarms', organizationId, 'active', query],
    queryFn: () =>
      answer(api.GET('/api/v1/organizations/{organizationId}/alarms', { params: { path: { organizationId }, query } })),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
}

/** Its past alarms, the last cleared first, page by page. */
export function pastAlarmsQuery(organizationId: string, wanted: AlarmsWanted) {
  const query = { state: 'past' as const, limit: pastAtOnce, ...given(wanted) }
  return infiniteQueryOptions({
    queryKey: ['alarms', organizationId, 'past', query],
    queryFn: ({ pageParam: before }) =>
      answer(
        api.GET('/api/v1/organizations/{organizationId}/alarms', {
          params: { path: { organizationId }, query: { ...query, ...(before && { before }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
}

/** An alarm, the states that it had, and who has seen it. */
export function alarmQuery(organizationId: string, alarmId: string) {
  return queryOptions({
    queryKey: ['alarms', organizationId, 'one', alarmId],
    queryFn: () =>
      answer(
        api.GET('/api/v1/organizations/{organizationId}/alarms/{alarmId}', { params: { path: { organizationId, alarmId } } }),
      ),
    refetchInterval: 15_000,
  })
}
