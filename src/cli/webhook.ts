import type { ManagementClient, ManagementSchemas } from '@assent/client'
import { answered, command, Failure, given, oneOf, UsageError, wholeNumber } from './command.ts'
import { record, secret, table } from './show.ts'

type Webhook = ManagementSchemas['Webhook']

export const kinds = [
  ...(['coverage.started', 'coverage.changed', 'coverage.ended', 'alarm.activated', 'alarm.updated', 'alarm.cleared'] as const),
  ...(['device.changed', 'device.removed', 'gateway.offline', 'gateway.online', 'key.expiring'] as const),
]
const severities = ['OK', 'INFO', 'WARNING', 'CRITICAL', 'ERROR', 'FAIL', 'INITIALIZE', 'UNKNOWN'] as const

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
  // What was typed may be the password: it is not said again.
  if (username === '' || password.length === 0)
    throw new UsageError('--alarms-basic is no name and password. Give it as NAME:PASSWORD, with a colon between them.')
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

/** What keeps a webhook from telling what it is for. */
const warnings: Record<Webhook['warnings'][number], string> = {
  'address-inside':
    'Its address is inside a network: nothing is sent there unless the operator of this server lists it (ASSENT_INSIDE_ADDRESSES).',
  'address-not-https':
    'Its address is not asked by HTTPS: nothing is sent there unless the operator of this server lists it (ASSENT_INSIDE_ADDRESSES).',
  'organizations-not-covered': 'None of the customers that it is narrowed to is covered now, or there is none with these ids.',
  'locations-not-covered': 'None of the locations that it is narrowed to can be seen now, or there is none with these ids.',
}

/** All of a webhook, and what is in its way. */
function shown({ warnings: found, ...webhook }: Webhook, facts: object = {}): string {
  return [record({ ...webhook, ...facts }), ...found.map((one) => `Warning: ${warnings[one]}`)].join('\n\n')
}

const webhookShow = command({
  name: 'webhook show',
  summary: 'A webhook: what it tells of whom, how and where to, and how it does',
  args: ['WEBHOOK'],
  run: async ({ client, args: [webhookId = ''] }) => {
    const { webhooks } = answered(await client.GET('/api/v1/webhooks'))
    const webhook = webhooks.find(({ id }) => id === webhookId)
    if (webhook === undefined) throw new Failure(`Your company has no webhook ${webhookId}. See assent webhook list.`)
    return { json: webhook, text: shown(webhook, await namedCustomers(client, webhook.organizationIds)) }
  },
})

/** Customers by their names too, where whoever asks is told of customers. */
async function namedCustomers(client: ManagementClient, ids: readonly string[] | undefined) {
  if (ids === undefined) return {}
  const { data } = await client.GET('/api/v1/customers')
  const labels = new Map(data?.customers.map(({ organizationId, label }) => [organizationId, label]))
  return { organizationIds: ids.map((id) => (labels.has(id) ? `${labels.get(id)} (${id})` : id)) }
}

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
    const once = made.secret === undefined ? '' : `${secret('What verifies its signatures.', made.secret)}\n`
    return { json: made, text: `${once}${shown(made.webhook)}` }
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
    return { json: webhook, text: shown(webhook) }
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

const webhookDelete = command({
  name: 'webhook delete',
  summary: 'Delete a webhook, with what waits for it and its log',
  args: ['WEBHOOK'],
  run: async ({ client, args: [webhookId = ''] }) => {
    answered(await client.DELETE('/api/v1/webhooks/{webhookId}', { params: { path: { webhookId } } }))
    return { json: {}, text: 'Deleted.' }
  },
})

export const webhookCommands = [webhookList, webhookShow, webhookCreate, webhookUpdate, webhookRotate, webhookTest, webhookDelete]
