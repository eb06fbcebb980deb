import { randomBytes } from 'node:crypto'
import type { Owner, Parts } from './management-requests.ts'

const name = () => randomBytes(6).toString('hex')
/** Nobody listens there: what is sent fails, which no request of these waits for. */
const body = () => ({ name: name(), url: 'https://receiver.invalid/hook', kinds: ['alarm.activated'] })

/** For each operation of webhooks a request that its owner may make, and that then succeeds. */
export function webhookRequests(): Record<string, (owner: Owner) => Promise<Parts>> {
  /** One for each owner, since a company has only so many. */
  const kept = new Map<Owner['portal'], Promise<{ params: { webhookId: string } }>>()
  const standing = (owner: Owner) => {
    const one = kept.get(owner.portal) ?? fresh(owner)
    kept.set(owner.portal, one)
    return one
  }
  const fresh = async ({ portal }: Owner) => {
    const { webhook } = await portal.send<{ webhook: { id: string } }>('POST', '/webhooks', body())
    return { params: { webhookId: webhook.id } }
  }
  const tested = async (owner: Owner) => {
    const { params } = await standing(owner)
    const { deliveryId } = await owner.portal.send<{ deliveryId: string }>('POST', `/webhooks/${params.webhookId}/tests`)
    return { ...params, deliveryId }
  }
  return {
    listWebhooks: async () => ({}),
    createWebhook: async () => ({ body: body() }),
    updateWebhook: async (owner) => ({ ...(await standing(owner)), body: { name: name() } }),
    deleteWebhook: fresh,
    rotateWebhookSecret: async (owner) => ({ ...(await standing(owner)), body: {} }),
    testWebhook: standing,
    listWebhookDeliveries: standing,
    getWebhookDelivery: async (owner) => ({ params: await tested(owner) }),
    resendWebhookDeliveries: async (owner) => {
      const { webhookId, deliveryId } = await tested(owner)
      return { params: { webhookId }, body: { deliveryIds: [deliveryId] } }
    },
  }
}
