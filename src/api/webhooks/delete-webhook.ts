import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { deleteWebhook as removeWebhook } from '../../store/webhooks.ts'
import { access } from '../access.ts'

export const deleteWebhook = managementOperation({
  operationId: 'deleteWebhook',
  method: 'DELETE',
  path: '/webhooks/{webhookId}',
  tag: 'webhooks',
  summary: 'Delete a webhook',
  description: 'With what waits for it, and its log.',
  access: access.deleteWebhook,
  params: z.object({ webhookId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const name = await context.db.transaction('system', caller.actor, (tx) =>
      removeWebhook(tx, caller.company.id, idFrom(params.webhookId)),
    )
    if (name === null) throw problem('not-found')
    return undefined
  },
})
