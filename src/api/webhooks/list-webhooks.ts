import { z } from 'zod'
import { webhook } from '../../domain/webhook.ts'
import { managementOperation } from '../../http/management.ts'
import { webhooksOf } from '../../store/webhooks.ts'
import { access } from '../access.ts'
import { shownWebhook } from './shown-webhook.ts'

export const listWebhooks = managementOperation({
  operationId: 'listWebhooks',
  method: 'GET',
  path: '/webhooks',
  tag: 'webhooks',
  summary: "The company's webhooks, the newest first",
  access: access.listWebhooks,
  answer: { status: 200, schema: z.object({ webhooks: z.array(webhook) }) },
  handle: async ({ context, caller }) => {
    const webhooks = await webhooksOf(context.db.system, caller.company.id)
    // What stands in an address behind its host is often what opens the receiver: a visit sees no secret.
    const shown = (url: string) => (caller.visit === null ? url : new URL(url).origin)
    return { webhooks: webhooks.map((one) => ({ ...shownWebhook(context, one), url: shown(one.url) })) }
  },
})
