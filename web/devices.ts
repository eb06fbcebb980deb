import { queryOptions } from '@tanstack/react-query'
import { ApiProblem, answer, api } from './client.ts'

const dayMs = 24 * 60 * 60 * 1000

export function deviceQuery(organizationId: string, deviceId: string) {
  return queryOptions({
    queryKey: ['devices', organizationId, 'device', deviceId],
    queryFn: () =>
      answer(
        api.GET('/api/v1/organizations/{organizationId}/devices/{deviceId}', { params: { path: { organizationId, deviceId } } }),
      ),
    refetchInterval: 60_000,
  })
}

/** A device's sensors with their latest values. */
export function sensorsQuery(organizationId: string, deviceId: string) {
  return queryOptions({
    queryKey: ['devices', organizationId, 'sensors', deviceId],
    queryFn: () =>
      answer(
        api.GET('/api/v1/organizations/{organizationId}/devices/{deviceId}/sensors', {
          params: { path: { organizationId, deviceId } },
        }),
      ),
    refetchInterval: 60_000,
  })
}

/** A sensor's last so many days, up to when it was asked. */
export function historyQuery(organizationId: string, sensorId: string, days: number) {
  return queryOptions({
    queryKey: ['devices', organizationId, 'history', sensorId, days],
    queryFn: () => {
      const to = new Date()
      const query = { from: new Date(to.getTime() - days * dayMs).toISOString(), to: to.toISOString() }
      return answer(
        api.GET('/api/v1/organizations/{organizationId}/sensors/{sensorId}/history', {
          params: { path: { organizationId, sensorId }, query },
        }),
      )
    },
    refetchInterval: 5 * 60_000,
  })
}

/** Whether something is not there, or not the caller's to see (any more). */
export function isNotThere(error: unknown): boolean {
  return isClosed(error) || (error instanceof ApiProblem && error.status === 404)
}

/** Whether the organization's data, or these kinds of them, are not the caller's to see (any more); or it is no organization that the caller knows. */
export function isClosed(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 403
}
