import type { ManagementSchemas } from '@assent/client'
import { answered, command, given, needed, oneOf, wholeNumber } from './command.ts'
import { indented, record, table } from './show.ts'
import { kinds } from './webhook.ts'

const deliveryKinds = [...kinds, 'webhook.test'] as const
const states = ['waiting', 'delivered', 'failed', 'withheld'] as const

const webhookDeliveries = command({
  name: 'webhook deliveries',
  summary: "A webhook's deliveries of the last 30 days, the newest first",
  args: ['WEBHOOK'],
  options: {
    state: { type: 'string' },
    kind: { type: 'string' },
    customer: { type: 'string' },
    before: { type: 'string' },
    limit: { type: 'string' },
  },
  help: {
    state: `Only those that are ${states.join(', ')}`,
    kind: `Only those of this kind: ${deliveryKinds.join(', ')}`,
    customer: "Only those about this organization's data",
    before: 'Only those behind this one: where the list before ended',
    limit: 'How many (default: 50)',
  },
  run: async ({ client, args: [webhookId = ''], values }) => {
    const query = given({
      state: values.state === undefined ? undefined : oneOf(values.state, states, '--state'),
      kind: values.kind === undefined ? undefined : oneOf(values.kind, deliveryKinds, '--kind'),
      organizationId: values.customer,
      before: values.before,
      limit: values.limit === undefined ? undefined : wholeNumber(values.limit, 1, 200, '--limit'),
    })
    const { deliveries, next } = answered(
      await client.GET('/api/v1/webhooks/{webhookId}/deliveries', { params: { path: { webhookId }, query } }),
    )
    const columns = ['id', 'kind', 'organizationId', 'state', 'attempts', 'lastStatus', 'lastError', 'nextAttemptAt'] as const
    const list = table(deliveries, [...columns], 'There are no deliveries.')
    return { json: deliveries, text: next === undefined ? list : `${list}\n\nThere may be more: go on with --before ${next}.` }
  },
})

type Details = ManagementSchemas['WebhookDeliveryDetails']

const webhookDelivery = command({
  name: 'webhook delivery',
  summary: 'A delivery: what is sent, and what was answered to each attempt',
  args: ['WEBHOOK', 'DELIVERY'],
  run: async ({ client, args: [webhookId = '', deliveryId = ''] }) => {
    const path = { webhookId, deliveryId }
    const found = answered(await client.GET('/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}', { params: { path } }))
    const { log, body, ...rest } = found
    const sent =
      body === undefined
        ? 'What is sent is not shown, since it is not covered now.'
        : `What is sent, by POST, with webhook-id ${found.id} (indented; it is signed as it is sent):\n\n${indented(JSON.stringify(JSON.parse(body), null, 2))}`
    const attempts = log.length === 0 ? ['There was no attempt yet.'] : log.map(attemptText)
    return { json: found, text: [record(rest), sent, ...attempts].join('\n\n') }
  },
})

/** An attempt, and how the receiver's answer begins. */
function attemptText({ at, number, status, error, answer, address, tookMs }: Details['log'][number]): string {
  const became = status === undefined ? (error ?? '') : `answered ${status}`
  const where = address === undefined ? 'connected to nothing' : `at ${address}`
  const head = `Attempt ${number}, ${at}, ${where}, ${tookMs} ms: ${became}`
  return answer ? `${head}\n\n${indented(answer)}` : head
}

function againText(resent: number): string {
  if (resent === 0) return 'There is none of these that failed or was delivered: nothing is sent. What was withheld never is.'
  return resent === 1 ? 'One is being sent again.' : `${resent} are being sent again.`
}

const webhookResend = command({
  name: 'webhook resend',
  summary: 'Send a delivery again, or all that failed, or were delivered, in a range',
  args: ['WEBHOOK', '[DELIVERY]'],
  options: { from: { type: 'string' }, to: { type: 'string' }, after: { type: 'string' }, state: { type: 'string' } },
  help: {
    from: 'Those that were made from then on, such as 2027-01-01T00:00:00Z',
    to: 'Until then (default: all)',
    after: 'Those behind this delivery: where an earlier run ended',
    state: 'failed (default) or delivered',
  },
  run: async ({ client, args: [webhookId = '', deliveryId], values }) => {
    const which =
      deliveryId === undefined
        ? {
            from: needed(values.from, 'from'),
            ...given({
              to: values.to,
              state: values.state === undefined ? undefined : oneOf(values.state, ['failed', 'delivered'], '--state'),
            }),
          }
        : { deliveryIds: [deliveryId] }
    let resent = 0
    let after = deliveryId === undefined ? values.after : undefined
    do {
      const body = { ...which, ...given({ after }) }
      const answer = await client.POST('/api/v1/webhooks/{webhookId}/deliveries', { params: { path: { webhookId } }, body })
      // As many wait as may.
      if (resent > 0 && answer.response.status === 409) {
        return { json: { resent, next: after }, text: `${againText(resent)} Go on later with --after ${after}.` }
      }
      const made = answered(answer)
      resent += made.resent
      after = made.next
    } while (after !== undefined)
    return { json: { resent }, text: againText(resent) }
  },
})

export const webhookDeliveryCommands = [webhookDeliveries, webhookDelivery, webhookResend]
