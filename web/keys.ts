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
