import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId, givenInstant } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { present } from '../../store/present.ts'
import { resendDeliveries } from '../../store/webhook-resending.ts'
import { lockWebhook } from '../../store/webhooks.ts'
import { access } from '../access.ts'

/** Deliveries that one request sends again. */
const resentMax = 1000

export const resendWebhookDeliveries = managementOperation({
  operationId: 'resendWebhookDeliveries',
  method: 'POST',
  path: '/webhooks/{webhookId}/deliveries',
  tag: 'webhooks',
  summary: 'Send deliveries again',
  description:
    'These, or all that were created in a range, that failed unless another state is named; under their own ids, at most 1000 a request: ask again with "after" for the rest of a range. No more than may wait for a webhook. Coverage is asked as ever; what was withheld is not sent.',
  access: access.resendWebhookDeliveries,
  params: z.object({ webhookId: givenId }),
  body: z.strictObject({
    deliveryIds: z.array(givenId).min(1).max(resentMax).optional(),
    from: givenInstant.optional(),
    to: givenInstant.optional(),
    after: givenId.optional().describe('Only those of the range behind this one: what came as "next".'),
    state: z.enum(['failed', 'delivered']).optional().describe('Absent: those that failed; with deliveryIds, either.'),
  }),
  answer: {
    status: 200,
    schema: z.object({
      resent: z.int().describe('How many.'),
      next: z.string().optional().describe('Where there are more in the range: what to give as "after" next.'),
    }),
  },
  problems: ['not-found', 'webhook-disabled', 'webhook-full'],
  handle: async ({ context, caller, params, body }) => {
    const webhookId = idFrom<string>(params.webhookId)
    const ids = body.deliveryIds?.map((id) => idFrom<string>(id))
    const after = body.after === undefined ? undefined : idFrom<string>(body.after)
    if ((ids === undefined) === (body.from === undefined))
      throw problem('request-malformed', { detail: 'body: give deliveryIds, or from with or without to' })
    if (ids !== undefined && after !== undefined) throw problem('request-malformed', { detail: 'body.after: it goes with from' })
    return context.db.transaction('system', caller.actor, async (tx) => {
      const webhook = await lockWebhook(tx, caller.company.id, webhookId)
      if (webhook === null) throw problem('not-found')
      if (!webhook.enabled) throw problem('webhook-disabled')
      const state = body.state ?? (ids === undefined ? 'failed' : undefined)
      const { webhookWaitingMax } = context.config
      const which = { ids, state, from: body.from, to: body.to, after }
      const sent = await resendDeliveries(tx, webhookId, which, resentMax, webhookWaitingMax)
      if (sent === 'full') throw problem('webhook-full')
      if (sent === 'unknown-after')
        throw problem('request-malformed', { detail: 'body.after: this webhook has no such delivery, or no longer' })
      return present(sent)
    })
  },
})
