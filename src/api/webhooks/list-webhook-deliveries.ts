import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { delivery, deliveryKind, deliveryState } from '../../domain/webhook.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { present } from '../../store/present.ts'
import { deliveriesOf } from '../../store/webhook-log.ts'
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
    kind: deliveryKind.optional(),
    organizationId: givenId.optional().describe("Only those about this customer's data."),
    before: givenId.optional().describe('Only those behind this one: what came as "next".'),
    limit: wholeNumber(1, limitMax).default(limitDefault),
  }),
  answer: {
    status: 200,
    schema: z.object({
      deliveries: z.array(delivery),
      next: z
        .string()
        .optional()
        .describe('Where there may be more, also where fewer came than asked for: what to give as "before" next.'),
    }),
  },
  problems: ['not-found'],
  handle: async ({ context, caller, params, query }) => {
    const given = (id: string | undefined) => (id === undefined ? undefined : idFrom<string>(id))
    const wanted = { ...query, organizationId: given(query.organizationId), before: given(query.before) }
    const found = await deliveriesOf(context.db.system, caller.company.id, idFrom(params.webhookId), wanted)
    if (found === null) throw problem('not-found')
    if (found === 'unknown-before')
      throw problem('request-malformed', {
        detail: 'query.before: this webhook has no such delivery, or no longer; begin again without it',
      })
    return present(found)
  },
})
