import { answered, command, given, needed, oneOf } from './command.ts'
import { record, table } from './show.ts'

const endsAtHelp = 'The first moment that it does not hold, such as 2027-01-01T00:00:00Z'

const subscriptionList = command({
  name: 'subscription list',
  summary: "A customer's subscriptions, the newest first",
  args: ['COMPANY'],
  run: async ({ client, args: [companyId = ''] }) => {
    const { subscriptions } = answered(
      await client.GET('/api/v1/companies/{companyId}/subscriptions', { params: { path: { companyId } } }),
    )
    const columns = ['id', 'kind', 'state', 'startsAt', 'endsAt', 'canceledAt', 'terminatedAt']
    return { json: subscriptions, text: table(subscriptions, columns, 'It has had no subscription.') }
  },
})

const subscriptionStart = command({
  name: 'subscription start',
  summary: 'Start a subscription; a paid one ends a trial that runs',
  args: ['COMPANY'],
  options: { kind: { type: 'string', default: 'paid' }, 'starts-at': { type: 'string' }, 'ends-at': { type: 'string' } },
  help: { kind: 'paid or trial (default: paid)', 'starts-at': 'When it begins (default: now)', 'ends-at': endsAtHelp },
  run: async ({ client, args: [companyId = ''], values }) => {
    const body = {
      kind: oneOf(values.kind, ['paid', 'trial'], '--kind'),
      endsAt: needed(values['ends-at'], 'ends-at'),
      ...given({ startsAt: values['starts-at'] }),
    }
    const made = answered(
      await client.POST('/api/v1/companies/{companyId}/subscriptions', { params: { path: { companyId } }, body }),
    )
    return { json: made, text: record(made) }
  },
})

const subscriptionExtend = command({
  name: 'subscription extend',
  summary: 'Move its end to later',
  args: ['SUBSCRIPTION'],
  options: { 'ends-at': { type: 'string' } },
  help: { 'ends-at': endsAtHelp },
  run: async ({ client, args: [subscriptionId = ''], values }) => {
    const body = { endsAt: needed(values['ends-at'], 'ends-at') }
    const extended = answered(
      await client.POST('/api/v1/subscriptions/{subscriptionId}/extension', { params: { path: { subscriptionId } }, body }),
    )
    return { json: extended, text: record(extended) }
  },
})

const subscriptionCancel = command({
  name: 'subscription cancel',
  summary: 'No renewal: valid to its end',
  args: ['SUBSCRIPTION'],
  run: async ({ client, args: [subscriptionId = ''] }) => {
    const canceled = answered(
      await client.POST('/api/v1/subscriptions/{subscriptionId}/cancellation', { params: { path: { subscriptionId } } }),
    )
    return { json: canceled, text: record(canceled) }
  },
})

const subscriptionTerminate = command({
  name: 'subscription terminate',
  summary: 'End it now',
  args: ['SUBSCRIPTION'],
  run: async ({ client, args: [subscriptionId = ''] }) => {
    const ended = answered(
      await client.POST('/api/v1/subscriptions/{subscriptionId}/termination', { params: { path: { subscriptionId } } }),
    )
    return { json: ended, text: record(ended) }
  },
})

export const subscriptionCommands = [
  subscriptionList,
  subscriptionStart,
  subscriptionExtend,
  subscriptionCancel,
  subscriptionTerminate,
]
