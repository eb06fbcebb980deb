import { z } from 'zod'
import { deliveriesAdder } from '../../add-deliveries.ts'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { newDeliveryId, testDelivery } from '../../domain/webhook-events.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { lockWebhook } from '../../store/webhooks.ts'
import { access } from '../access.ts'

export const testWebhook = managementOperation({
  operationId: 'testWebhook',
  method: 'POST',
  path: '/webhooks/{webhookId}/tests',
  tag: 'webhooks',
  summary: 'Send a test event',
  description: "It tells nothing of anybody's devices. What became of it, its delivery says.",
  access: access.testWebhook,
  params: z.object({ webhookId: givenId }),
  answer: { status: 201, schema: z.object({ deliveryId: z.string() }) },
  problems: ['not-found', 'webhook-disabled'],
  handle: async ({ context, caller, params }) => {
    const webhookId = idFrom<string>(params.webhookId)
    const deliveryId = newDeliveryId(context.clock)
    const at = context.clock.now().toISOString()
    await context.db.transaction('system', caller.actor, async (tx) => {
      const present = await lockWebhook(tx, caller.company.id, webhookId)
      if (present === null) throw problem('not-found')
      if (!present.enabled) throw problem('webhook-disabled')
      await deliveriesAdder(context)(tx, [testDelivery(webhookId, deliveryId, at, present.format)])
    })
    return { deliveryId }
  },
})
