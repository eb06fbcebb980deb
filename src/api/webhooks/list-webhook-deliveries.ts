import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { delivery, deliveryState } from '../../domain/webhook.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { deliveriesOf } from '../../store/webhooks.ts'
import { access } from '../access.ts'

const limitDefault = 50
const limitMax = 200

export const listWebhookDeliveries = managementOperation({
  operationId: 'listWebhookDeliveries',
  method: 'GET',
  path: '/webhooks/{webhookId}/deliveries',
  tag: 'webhooks',
  summary: "A webhook's deliveries of the last 30 days, the newest first",
  access: access.listWebhookDeliveries,
  params: z.object({ webhookId: givenId }),
  query: z.object({
    state: deliveryState.optional(),
    before: givenId.optional().describe('Only those behind this one: what came as "next".'),
    limit: wholeNumber(1, limitMax).default(limitDefault),
  }),
  answer: {
    status: 200,
    schema: z.object({
      deliveries: z.array(delivery),
      next: z.string().optional().describe('Where there may be more: what to give as "before" next.'),
    }),
  },
  problems: ['not-found'],
  handle: async ({ context, caller, params, query: { state, before, limit } }) => {
    const wanted = { state, limit, before: before === undefined ? undefined : idFrom<string>(before) }
    const deliveries = await deliveriesOf(context.db.system, caller.company.id, idFrom(params.webhookId), wanted)
    if (deliveries === null) throw problem('not-found')
    const last = deliveries.at(-1)
    return { deliveries, ...(deliveries.length === limit && last ? { next: last.id } : {}) }
  },
})
