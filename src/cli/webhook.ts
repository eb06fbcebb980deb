import { answered, command, given, needed, oneOf, UsageError, wholeNumber } from './command.ts'
import { record, secret, table } from './show.ts'

const kinds = [
  ...(['coverage.started', 'coverage.changed', 'coverage.ended', 'alarm.activated', 'alarm.updated', 'alarm.cleared'] as const),
  ...(['device.changed', 'device.removed', 'gateway.offline', 'gateway.online', 'key.expiring'] as const),
]
const severities = ['OK', 'INFO', 'WARNING', 'CRITICAL', 'ERROR', 'FAIL', 'INITIALIZE', 'UNKNOWN'] as const
const deliveryKinds = [...kinds, 'webhook.test'] as const
const states = ['waiting', 'delivered', 'failed', 'withheld'] as const

const filterOptions = {
  kind: { type: 'string', multiple: true },
  severity: { type: 'string', multiple: true },
  customer: { type: 'string', multiple: true },
  location: { type: 'string', multiple: true },
} as const
const filterHelp = {
  kind: `What is told; once for each: ${kinds.join(', ')} (coverage.changed to partners alone)`,
  severity: 'Alarms of this severity alone; once for each (default: any)',
  customer: 'Of this organization alone; once for each (default: all that are covered)',
  location: 'Of devices in this location alone; once for each (default: anywhere)',
}

function filtersOf(values: { kind?: string[]; severity?: string[]; customer?: string[]; location?: string[] }) {
  return given({
    kinds: values.kind?.map((one) => oneOf(one, kinds, '--kind')),
    severities: values.severity?.map((one) => oneOf(one, severities, '--severity')),
    organizationIds: values.customer,
    locationIds: values.location,
  })
}

const authorizationOptions = { 'alarms-bearer': { type: 'string' }, 'alarms-basic': { type: 'string' } } as const

/** What the format alarms sends in Authorization. */
function authorizationOf({
  'alarms-bearer': token,
  'alarms-basic': basic,
}: {
  'alarms-bearer'?: string
  'alarms-basic'?: string
}) {
  if (token !== undefined && basic !== undefined) throw new UsageError('Give --alarms-bearer or --alarms-basic, not both.')
  if (token !== undefined) return { scheme: 'bearer' as const, token }
  if (basic === undefined) return undefined
  const [username = '', ...password] = basic.split(':')
  return { scheme: 'basic' as const, username, password: password.join(':') }
}

const webhookList = command({
  name: 'webhook list',
  summary: "Your company's webhooks, the newest first",
  run: async ({ client }) => {
    const { webhooks } = answered(await client.GET('/api/v1/webhooks'))
    return {
      json: webhooks,
      text: table(
        webhooks,
        ['id', 'name', 'url', 'enabled', 'disabledReason', 'waiting', 'failed', 'failingSince'],
        'There are no webhooks.',
      ),
    }
  },
})

const webhookCreate = command({
  name: 'webhook create',
  summary: 'Add a webhook, signed after Standard Webhooks, or for alarms with a header Authorization',
  args: ['URL', 'NAME'],
  options: { ...filterOptions, scheme: { type: 'string' }, ...authorizationOptions },
  help: {
    ...filterHelp,
    scheme: 'v1 (a shared secret; default) or v1a (a public key)',
    'alarms-bearer': 'Send arrays of alarms with this token',
    'alarms-basic': 'Send arrays of alarms with this NAME:PASSWORD',
  },
  run: async ({ client, args: [url = '', name = ''], values }) => {
    const authorization = authorizationOf(values)
    const body = {
      url,
      name,
      ...filtersOf(values),
      kinds: (values.kind ?? []).map((one) => oneOf(one, kinds, '--kind')),
      format: authorization ? ('alarms' as const) : ('standard' as const),
      ...given({ scheme: values.scheme === undefined ? undefined : oneOf(values.scheme, ['v1', 'v1a'], '--scheme') }),
      ...given({ authorization }),
    }
    if (body.kinds.length === 0) throw new UsageError(`Give --kind, once for each of what is to be told: ${kinds.join(', ')}.`)
    const made = answered(await client.POST('/api/v1/webhooks', { body }))
    const shown = made.secret === undefined ? '' : `${secret('What verifies its signatures.', made.secret)}\n`
    return { json: made, text: `${shown}${record(made.webhook)}` }
  },
})

const webhookUpdate = command({
  name: 'webhook update',
  summary: 'Change, disable or enable a webhook',
  args: ['WEBHOOK'],
  options: {
    name: { type: 'string' },
    address: { type: 'string' },
    enable: { type: 'boolean' },
    disable: { type: 'boolean' },
    ...filterOptions,
    'any-severity': { type: 'boolean' },
    'all-customers': { type: 'boolean' },
    anywhere: { type: 'boolean' },
  },
  help: {
    name: 'Its new name',
    address: 'Its new address',
    enable: 'Send to it again',
    disable: 'Send nothing until it is enabled',
    ...filterHelp,
    'any-severity': 'Of alarms of any severity again',
    'all-customers': 'Of all organizations that are covered again',
    anywhere: 'Of devices anywhere again',
  },
  run: async ({ client, args: [webhookId = ''], values }) => {
    const either = (on: string, isOn: unknown, off: string, isOff: unknown) => {
      if (isOn && isOff) throw new UsageError(`Give --${on} or --${off}, not both.`)
    }
    either('enable', values.enable, 'disable', values.disable)
    either('severity', values.severity, 'any-severity', values['any-severity'])
    either('customer', values.customer, 'all-customers', values['all-customers'])
    either('location', values.location, 'anywhere', values.anywhere)
    const enabled = values.enable ? true : values.disable ? false : undefined
    const body = {
      ...given({ name: values.name, url: values.address, enabled }),
      ...filtersOf(values),
      ...(values['any-severity'] ? { severities: null } : {}),
      ...(values['all-customers'] ? { organizationIds: null } : {}),
      ...(values.anywhere ? { locationIds: null } : {}),
    }
    const webhook = answered(await client.PATCH('/api/v1/webhooks/{webhookId}', { params: { path: { webhookId } }, body }))
    return { json: webhook, text: record(webhook) }
  },
})

const webhookRotate = command({
  name: 'webhook rotate',
  summary: "Replace a webhook's secret; the former one signs on for a while. Of one for alarms: what it sends in Authorization",
  args: ['WEBHOOK'],
  options: { 'overlap-hours': { type: 'string' }, ...authorizationOptions },
  help: {
    'overlap-hours': 'For how many hours (default: 24); 0: all former ones end at once',
    'alarms-bearer': 'Send arrays of alarms with this token from now on',
    'alarms-basic': 'Send arrays of alarms with this NAME:PASSWORD from now on',
  },
  run: async ({ client, args: [webhookId = ''], values }) => {
    const hours = values['overlap-hours']
    const overlapHours = hours === undefined ? undefined : wholeNumber(hours, 0, 168, '--overlap-hours')
    const body = given({ overlapHours, authorization: authorizationOf(values) })
    const made = answered(await client.POST('/api/v1/webhooks/{webhookId}/secret', { params: { path: { webhookId } }, body }))
    const text = made.secret === undefined ? 'It is replaced.' : secret('What verifies its signatures.', made.secret)
    return { json: made, text }
  },
})

const webhookTest = command({
  name: 'webhook test',
  summary: 'Send a test event',
  args: ['WEBHOOK'],
  run: async ({ client, args: [webhookId = ''] }) => {
    const made = answered(await client.POST('/api/v1/webhooks/{webhookId}/tests', { params: { path: { webhookId } } }))
    return { json: made, text: `It is being sent: assent webhook delivery ${webhookId} ${made.deliveryId}` }
  },
})

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

const webhookDelivery = command({
  name: 'webhook delivery',
  summary: 'A delivery with its attempts',
  args: ['WEBHOOK', 'DELIVERY'],
  run: async ({ client, args: [webhookId = '', deliveryId = ''] }) => {
    const path = { webhookId, deliveryId }
    const { log, ...rest } = answered(
      await client.GET('/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}', { params: { path } }),
    )
    const list = table(log, ['at', 'number', 'status', 'error', 'tookMs', 'address'], 'There was no attempt yet.')
    return { json: { ...rest, log }, text: `${record(rest)}\n\n${list}` }
  },
})

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

const webhookDelete = command({
  name: 'webhook delete',
  summary: 'Delete a webhook, with what waits for it and its log',
  args: ['WEBHOOK'],
  run: async ({ client, args: [webhookId = ''] }) => {
    answered(await client.DELETE('/api/v1/webhooks/{webhookId}', { params: { path: { webhookId } } }))
    return { json: {}, text: 'Deleted.' }
  },
})

export const webhookCommands = [
  webhookList,
  webhookCreate,
  webhookUpdate,
  webhookRotate,
  webhookTest,
  webhookDeliveries,
  webhookDelivery,
  webhookResend,
  webhookDelete,
]
