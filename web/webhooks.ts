import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, type WebhookDelivery } from './client.ts'

/** The webhooks of the company that is signed in. */
export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: () => answer(api.GET('/api/v1/webhooks')),
  refetchInterval: 15_000,
})

export type DeliveryState = WebhookDelivery['state']

/** A webhook's deliveries, the newest first, page by page: of one state, or all. */
export function deliveriesQuery(webhookId: string, state: DeliveryState | undefined) {
  return infiniteQueryOptions({
    queryKey: ['webhooks', webhookId, 'deliveries', state],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/webhooks/{webhookId}/deliveries', {
          params: { path: { webhookId }, query: { ...(state ? { state } : {}), ...(pageParam ? { before: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: 5_000,
  })
}

/** One delivery with its attempts. */
export function deliveryQuery(webhookId: string, deliveryId: string) {
  return queryOptions({
    queryKey: ['webhooks', webhookId, 'delivery', deliveryId],
    queryFn: () =>
      answer(api.GET('/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}', { params: { path: { webhookId, deliveryId } } })),
  })
}
