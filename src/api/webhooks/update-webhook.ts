import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { alarmKinds, idleFilter, webhook, webhookFilters, webhookName, webhookUrl } from '../../domain/webhook.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { dropOverflow, droppedAtOnce } from '../../store/webhook-queue.ts'
import { lockWebhook, updateWebhook as setWebhook, webhookOf } from '../../store/webhooks.ts'
import { access } from '../access.ts'
import { shownWebhook } from './shown-webhook.ts'

const { kinds, severities, organizationIds, locationIds } = webhookFilters

export const updateWebhook = managementOperation({
  operationId: 'updateWebhook',
  method: 'PATCH',
  path: '/webhooks/{webhookId}',
  tag: 'webhooks',
  summary: 'Change, disable or enable a webhook',
  description: 'What is absent stays; a filter that is null goes. What is accepted while it is disabled is not told later.',
  access: access.updateWebhook,
  params: z.object({ webhookId: givenId }),
  body: z.strictObject({
    name: webhookName.optional(),
    url: webhookUrl.optional(),
    enabled: z.boolean().optional(),
    kinds: kinds.optional(),
    severities: severities.nullable(),
    organizationIds: organizationIds.nullable(),
    locationIds: locationIds.nullable(),
  }),
  answer: { status: 200, schema: webhook },
  problems: ['not-found'],
  handle: async ({ context, caller, params, body }) => {
    const id = idFrom(params.webhookId)
    // Enabling throws away what was too much: in slices, so that nobody waits for all of it.
    if (body.enabled) while ((await dropOverflow(context.db, droppedAtOnce)) > 0);
    return context.db.transaction('system', caller.actor, async (tx) => {
      const present = await lockWebhook(tx, caller.company.id, id)
      if (present === null) throw problem('not-found')
      if (present.format === 'alarms' && body.kinds?.some((kind) => !alarmKinds.some((one) => one === kind)))
        throw problem('request-malformed', { detail: `body.kinds: the format alarms tells ${alarmKinds.join(', ')}` })
      if (present.format === 'alarms' && body.url !== undefined && new URL(body.url).origin !== new URL(present.url).origin) {
        // What it sends in Authorization was given for that receiver (I8).
        throw problem('request-malformed', {
          detail: 'body.url: make a new webhook for another server, with what that one wants in Authorization',
        })
      }
      const filters = { kinds, severities, organizationIds, locationIds }
      const idle = Object.keys(filters).some((name) => name in body)
        ? idleFilter({ ...present, ...body, kinds: body.kinds ?? present.kinds })
        : null
      if (idle !== null) throw problem('request-malformed', { detail: `body.${idle}` })
      await setWebhook(tx, id, body)
      return shownWebhook(context, (await webhookOf(tx, caller.company.id, id)) ?? missing())
    })
  },
})

function missing(): never {
  throw problem('not-found')
}
