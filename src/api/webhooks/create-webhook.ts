import { z } from 'zod'
import {
  alarmKinds,
  idleFilter,
  webhook,
  webhookAuthorization,
  webhookFilters,
  webhookFormat,
  webhookName,
  webhookScheme,
  webhooksMax,
  webhookUrl,
} from '../../domain/webhook.ts'
import { webhookCreatedMail } from '../../email/webhook-created.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { createWebhook as insertWebhook, webhookOf } from '../../store/webhooks.ts'
import { access } from '../access.ts'
import { tellAdministrators } from '../notices.ts'
import { shownWebhook } from './shown-webhook.ts'
import { authorizationSecret, signingSecret } from './webhook-secret.ts'

export const createWebhook = managementOperation({
  operationId: 'createWebhook',
  method: 'POST',
  path: '/webhooks',
  tag: 'webhooks',
  summary: 'Add a webhook',
  description:
    "Told is what is accepted from now on: of a partner's valid customers, of a customer its own. Coverage is asked anew at each attempt. What is sent, this document's part webhooks says.",
  access: access.createWebhook,
  body: z.strictObject({
    name: webhookName,
    url: webhookUrl,
    format: webhookFormat.default('standard'),
    scheme: webhookScheme.optional().describe('Of the format standard. Absent: v1.'),
    authorization: webhookAuthorization.optional().describe('Of the format alarms: what is sent as Authorization.'),
    ...webhookFilters,
  }),
  answer: {
    status: 201,
    schema: z.object({
      webhook,
      secret: z
        .string()
        .optional()
        .describe('What verifies signatures (whsec_… of v1, shown this once; whpk_… of v1a). Absent with the format alarms.'),
    }),
  },
  problems: ['too-many-webhooks'],
  handle: async ({ context, caller, body }) => {
    const { format, scheme, authorization } = body
    if ((format === 'alarms') !== (authorization !== undefined)) {
      throw problem('request-malformed', { detail: 'body.authorization: to be given with the format alarms, and with no other' })
    }
    if (format === 'alarms' && scheme !== undefined)
      throw problem('request-malformed', { detail: 'body.scheme: requests of the format alarms are not signed' })
    if (format === 'alarms' && body.kinds.some((kind) => !alarmKinds.some((one) => one === kind)))
      throw problem('request-malformed', { detail: `body.kinds: the format alarms tells ${alarmKinds.join(', ')}` })
    const idle = idleFilter(body)
    if (idle !== null) throw problem('request-malformed', { detail: `body.${idle}` })
    const signing = authorization === undefined ? signingSecret(context, scheme ?? 'v1') : null
    const stored = signing?.stored ?? authorizationSecret(context, authorization as NonNullable<typeof authorization>)
    return context.db.transaction('system', caller.actor, async (tx) => {
      const id = await insertWebhook(tx, caller.company.id, { ...body, createdBy: caller.personId }, stored, webhooksMax)
      if (id === null) throw problem('too-many-webhooks')
      const made = await webhookOf(tx, caller.company.id, id)
      if (made === null) throw new Error('a webhook was made and is not there')
      await tellAdministrators(context, tx, caller, webhookCreatedMail, body.name)
      return { webhook: shownWebhook(context, made), ...(signing === null ? {} : { secret: signing.secret }) }
    })
  },
})
