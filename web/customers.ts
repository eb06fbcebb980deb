import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'

/** The customers connected to the partner that is signed in. */
export const customersQuery = queryOptions({
  queryKey: ['customers'],
  queryFn: () => answer(api.GET('/api/v1/customers')),
  refetchInterval: 30_000,
})

/** One of them. */
export function customerQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['customers', organizationId],
    queryFn: () => answer(api.GET('/api/v1/customers/{organizationId}', { params: { path: { organizationId } } })),
    refetchInterval: 30_000,
  })
}

/** What changed of the coverage in the last 30 days. */
export const customerChangesQuery = queryOptions({
  queryKey: ['customers', 'changes'],
  queryFn: () => answer(api.GET('/api/v1/customers/changes', { params: { query: { days: 30, limit: 200 } } })),
  refetchInterval: 30_000,
})

/** The partner's invitations of customers that have not joined yet. */
export const customerInvitationsQuery = queryOptions({
  queryKey: ['customer invitations'],
  queryFn: () => answer(api.GET('/api/v1/customer-invitations')),
  refetchInterval: 30_000,
})

/** Those whose name or organization id holds what was searched for. */
export function matching<T extends { label: string; organizationId: string }>(organizations: T[], search: string): T[] {
  const wanted = search.trim().toLocaleLowerCase()
  return wanted
    ? organizations.filter(
        ({ label, organizationId }) => label.toLocaleLowerCase().includes(wanted) || organizationId.includes(wanted),
      )
    : organizations
}
