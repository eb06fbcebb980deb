import { queryOptions } from '@tanstack/react-query'
import { answer, api, type Partner } from './client.ts'

/** The subscription of the customer that is signed in: the active one, or else the latest. */
export const ownSubscriptionQuery = queryOptions({
  queryKey: ['subscription'],
  queryFn: () => answer(api.GET('/api/v1/subscription')),
  refetchInterval: 60_000,
})

/** What became of the consents of the company that is signed in. */
export const receiptsQuery = queryOptions({
  queryKey: ['partners', 'receipts'],
  queryFn: () => answer(api.GET('/api/v1/consent-receipts')),
})

/** The partners connected to the customer that is signed in, with its consent to each. */
export const partnersQuery = queryOptions({
  queryKey: ['partners'],
  queryFn: () => answer(api.GET('/api/v1/partners')),
})

/** Where the consent to a partner stands on its page: a link with it leads to the box. */
export const consentIdOf = ({ partnershipId }: Pick<Partner, 'partnershipId'>) => `consent-${partnershipId}`
