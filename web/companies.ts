import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'

/** All companies, for the vendor. */
export const companiesQuery = queryOptions({
  queryKey: ['companies'],
  queryFn: () => answer(api.GET('/api/v1/companies')),
})

/** One company, for the vendor. */
export function companyQuery(companyId: string) {
  return queryOptions({
    queryKey: ['companies', companyId],
    queryFn: () => answer(api.GET('/api/v1/companies/{companyId}', { params: { path: { companyId } } })),
  })
}

/** The subscriptions of a company, for the vendor. */
export function subscriptionsQuery(companyId: string) {
  return queryOptions({
    queryKey: ['companies', companyId, 'subscriptions'],
    queryFn: () => answer(api.GET('/api/v1/companies/{companyId}/subscriptions', { params: { path: { companyId } } })),
  })
}

/** Who is connected to whom, for the vendor. */
export const partnershipsQuery = queryOptions({
  queryKey: ['partnerships'],
  queryFn: () => answer(api.GET('/api/v1/partnerships')),
})
