import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'

/** The mails of the installation, the newest first, page by page, for the vendor. */
export const mailsQuery = infiniteQueryOptions({
  queryKey: ['mails'],
  queryFn: ({ pageParam }) =>
    answer(api.GET('/api/v1/mails', { params: { query: { ...(pageParam ? { before: pageParam } : {}) } } })),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
})

/** One mail, in full. */
export function mailQuery(mailId: string) {
  return queryOptions({
    queryKey: ['mails', mailId],
    queryFn: () => answer(api.GET('/api/v1/mails/{mailId}', { params: { path: { mailId } } })),
  })
}
