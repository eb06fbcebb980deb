import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ApiProblem, answer, api, type Webhook, type WebhookDelivery, type WebhookDeliveryDetails } from './client.ts'

/** The webhooks of the company that is signed in. */
export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: () => answer(api.GET('/api/v1/webhooks')),
  refetchInterval: 15_000,
})

export type DeliveryState = WebhookDelivery['state']
export type DeliveryKind = Webhook['kinds'][number] | 'webhook.test'

/** A delivery as a list shows it: with the webhook that it belongs to, and what it and its customer are called for whoever is signed in. */
export type ListedDelivery = WebhookDelivery & { webhookId: string; title: string; customer: string }

export type Attempt = WebhookDeliveryDetails['log'][number]

/** Which of a webhook's deliveries are shown. */
export interface DeliveriesShown {
  state?: DeliveryState
  kind?: DeliveryKind
  organizationId?: string
}

/** A webhook's deliveries, the newest first, page by page. */
export function deliveriesQuery(webhookId: string, shown: DeliveriesShown) {
  return infiniteQueryOptions({
    queryKey: ['webhooks', webhookId, 'deliveries', shown],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/webhooks/{webhookId}/deliveries', {
          params: { path: { webhookId }, query: { ...shown, ...(pageParam ? { before: pageParam } : {}) } },
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

/** Which deliveries are sent again: all of a state that were made from a moment on, and before another where there is one (RFC 3339). */
export interface DeliveryRange {
  state: 'failed' | 'delivered'
  from: string
  to?: string
}

/** Sends a range again, request by request, behind `after`. Each time how many; and as "next" behind which there may be more: absent at the end. */
export async function* resendParts(webhookId: string, range: DeliveryRange, after?: string) {
  let behind = after
  do {
    const body = { ...range, ...(behind === undefined ? {} : { after: behind }) }
    const part = await answer(api.POST('/api/v1/webhooks/{webhookId}/deliveries', { params: { path: { webhookId } }, body }))
    yield part
    behind = part.next
  } while (behind !== undefined)
}

/** Sends all of a webhook's deliveries again that failed, as far as they may wait. How many. */
export async function resendAllFailed(webhookId: string): Promise<number> {
  let resent = 0
  try {
    for await (const part of resendParts(webhookId, { state: 'failed', from: '1970-01-01T00:00:00Z' })) {
      resent += part.resent
    }
  } catch (error) {
    // The others stay among those that failed.
    if (resent === 0 || !(error instanceof ApiProblem) || error.code !== 'webhook-full') throw error
  }
  return resent
}
