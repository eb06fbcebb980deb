import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'

/** The company's keys. */
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: () => answer(api.GET('/api/v1/keys')),
  refetchInterval: 30_000,
})

/** One key, with the organizations that it covers and why it does not cover others. */
export function keyQuery(keyId: string) {
  return queryOptions({
    queryKey: ['keys', keyId],
    queryFn: () => answer(api.GET('/api/v1/keys/{keyId}', { params: { path: { keyId } } })),
    refetchInterval: 30_000,
  })
}

/** How a key was used in the last 30 days, by the day; without an id: how all keys of the company were. */
export function usageQuery(keyId: string | undefined) {
  const query = { days: 30, step: 'day' as const, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
  return queryOptions({
    queryKey: ['usage', keyId],
    queryFn: () =>
      keyId === undefined
        ? answer(api.GET('/api/v1/usage', { params: { query } }))
        : answer(api.GET('/api/v1/keys/{keyId}/usage', { params: { path: { keyId }, query } })),
    refetchInterval: 30_000,
  })
}
