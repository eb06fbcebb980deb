import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'

/** What makes a request one for this customer, by an administrator of its partner; without a customer: for one's own company. */
export function actingFor(customerId: string | undefined): { header?: { 'assent-company': string } } {
  return customerId === undefined ? {} : { header: { 'assent-company': customerId } }
}

/** The gateways of the customer that is signed in, or of the one for which a partner's administrator acts. */
export function gatewaysQuery(customerId: string | undefined) {
  return queryOptions({
    queryKey: ['gateways', customerId],
    queryFn: () => answer(api.GET('/api/v1/gateways', { params: actingFor(customerId) })),
    // Whoever sets one up waits for it to be heard.
    refetchInterval: ({ state }) => (state.data?.gateways.some((one) => one.lastContactAt === undefined) ? 3_000 : 15_000),
  })
}
