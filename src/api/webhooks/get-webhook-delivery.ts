import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { deliveryDetails } from '../../domain/webhook.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { deliveryOf } from '../../store/webhook-log.ts'
import { access } from '../access.ts'

export const getWebhookDelivery = managementOperation({
  operationId: 'getWebhookDelivery',
  method: 'GET',
  path: '/webhooks/{webhookId}/deliveries/{deliveryId}',
  tag: 'webhooks',
  summary: 'A delivery with its attempts',
  description: 'What is sent, and what was answered, is shown while it is covered.',
  access: access.getWebhookDelivery,
  params: z.object({ webhookId: givenId, deliveryId: givenId }),
  answer: { status: 200, schema: deliveryDetails },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const reader = { company: caller.company.id, memberId: caller.memberId }
    const found = await deliveryOf(context.db.system, reader, idFrom(params.webhookId), idFrom(params.deliveryId))
    if (found === null) throw problem('not-found')
    return found
  },
})
