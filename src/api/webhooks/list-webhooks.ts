import { z } from 'zod'
import { webhook } from '../../domain/webhook.ts'
import { managementOperation } from '../../http/management.ts'
import { webhooksOf } from '../../store/webhooks.ts'
import { access } from '../access.ts'

export const listWebhooks = managementOperation({
  operationId: 'listWebhooks',
  method: 'GET',
  path: '/webhooks',
  tag: 'webhooks',
  summary: "The company's webhooks, the newest first",
  access: access.listWebhooks,
  answer: { status: 200, schema: z.object({ webhooks: z.array(webhook) }) },
  handle: async ({ context, caller }) => ({ webhooks: await webhooksOf(context.db.system, caller.company.id) }),
})
