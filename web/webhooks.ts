import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ApiProblem, answer, api, type WebhookDelivery } from './client.ts'

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

/** Sends all of a webhook's deliveries again that failed, request by request, as far as they may wait. How many. */
export async function resendAllFailed(webhookId: string): Promise<number> {
  let resent = 0
  let after: string | undefined
  do {
    const sent = await answer(
      api.POST('/api/v1/webhooks/{webhookId}/deliveries', {
        params: { path: { webhookId } },
        body: { from: '1970-01-01T00:00:00Z', state: 'failed', ...(after === undefined ? {} : { after }) },
      }),
    ).catch((error: unknown) => {
      // The others stay among those that failed.
      if (resent > 0 && error instanceof ApiProblem && error.code === 'webhook-full') return { resent: 0, next: undefined }
      throw error
    })
    resent += sent.resent
    after = sent.next
  } while (after !== undefined)
  return resent
}
