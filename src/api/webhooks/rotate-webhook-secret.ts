import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { overlapHoursMax, webhook, webhookAuthorization } from '../../domain/webhook.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { lockWebhook, replaceSecret, webhookOf } from '../../store/webhooks.ts'
import { access } from '../access.ts'
import { shownWebhook } from './shown-webhook.ts'
import { authorizationSecret, signingSecret } from './webhook-secret.ts'

export const rotateWebhookSecret = managementOperation({
  operationId: 'rotateWebhookSecret',
  method: 'POST',
  path: '/webhooks/{webhookId}/secret',
  tag: 'webhooks',
  summary: "Replace a webhook's secret",
  description:
    'The former one signs beside it for as long as is asked, so that the receiver can change over, and one before it for as long as was asked then, up to three. With overlapHours 0 all end at once.',
  access: access.rotateWebhookSecret,
  params: z.object({ webhookId: givenId }),
  body: z.strictObject({
    overlapHours: z.int().min(0).max(overlapHoursMax).optional().describe('Of the format standard. Absent: 24.'),
    authorization: webhookAuthorization.optional().describe('Of the format alarms: the new one, which holds at once.'),
  }),
  answer: { status: 200, schema: z.object({ webhook, secret: z.string().optional().describe('As in createWebhook.') }) },
  problems: ['not-found'],
  handle: async ({ context, caller, params, body }) => {
    const id = idFrom(params.webhookId)
    const { authorization, overlapHours } = body
    return context.db.transaction('system', caller.actor, async (tx) => {
      const present = await lockWebhook(tx, caller.company.id, id)
      if (present === null) throw problem('not-found')
      if ((present.format === 'alarms') !== (authorization !== undefined))
        throw problem('request-malformed', {
          detail: 'body.authorization: to be given with the format alarms, and with no other',
        })
      const signing = present.scheme === 'authorization' ? null : signingSecret(context, present.scheme)
      const stored = signing?.stored ?? authorizationSecret(context, authorization as NonNullable<typeof authorization>)
      // Of two headers Authorization only one can be sent.
      await replaceSecret(tx, caller.company.id, id, stored, signing === null ? 0 : (overlapHours ?? 24))
      const changed = await webhookOf(tx, caller.company.id, id)
      if (changed === null) throw problem('not-found')
      return { webhook: shownWebhook(context, changed), ...(signing === null ? {} : { secret: signing.secret }) }
    })
  },
})
