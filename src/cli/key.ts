import { answered, command, given, oneOf, UsageError } from './command.ts'
import { record, secret, table } from './show.ts'

const kinds = ['demo', 'all', 'specific', 'own'] as const
const networkHelp = 'A network (CIDR) from which it is accepted; once for each'
const expiresAtHelp = 'When it ends to be accepted, such as 2027-01-01T00:00:00Z'

const keyList = command({
  name: 'key list',
  summary: "Your company's keys, the newest first",
  run: async ({ client }) => {
    const { keys } = answered(await client.GET('/api/v1/keys'))
    return {
      json: keys,
      text: table(keys, ['id', 'kind', 'name', 'valid', 'covered', 'expiresAt', 'lastUsedAt'], 'There are no keys.'),
    }
  },
})

const keyShow = command({
  name: 'key show',
  summary: 'A key, with what it covers and why not the rest',
  args: ['KEY'],
  run: async ({ client, args: [keyId = ''] }) => {
    const { organizations = [], ...key } = answered(await client.GET('/api/v1/keys/{keyId}', { params: { path: { keyId } } }))
    const list = table(organizations, ['organizationId', 'label', 'covered', 'reasons'], 'No organization is connected.')
    return { json: { ...key, organizations }, text: `${record(key)}\n\n${list}` }
  },
})

const keyCreate = command({
  name: 'key create',
  summary: 'Generate a key: demo, all or specific for a partner, own or demo for a customer',
  args: ['KIND', 'NAME'],
  options: {
    customer: { type: 'string', multiple: true },
    'expires-at': { type: 'string' },
    network: { type: 'string', multiple: true },
  },
  help: {
    customer: 'Of kind specific: a connected customer; once for each',
    'expires-at': `${expiresAtHelp} (default: never)`,
    network: `${networkHelp} (default: any)`,
  },
  run: async ({ client, args: [kind = '', name = ''], values }) => {
    const body = {
      kind: oneOf(kind, kinds, 'KIND'),
      name,
      ...given({ organizationIds: values.customer, expiresAt: values['expires-at'], networks: values.network }),
    }
    const made = answered(await client.POST('/api/v1/keys', { body }))
    return { json: made, text: `${secret('The key.', made.secret)}\n${record(made.key)}` }
  },
})

const keyUpdate = command({
  name: 'key update',
  summary: 'Rename, disable, enable or narrow a key; it is never widened',
  args: ['KEY'],
  options: {
    name: { type: 'string' },
    enable: { type: 'boolean' },
    disable: { type: 'boolean' },
    'expires-at': { type: 'string' },
    customer: { type: 'string', multiple: true },
    specific: { type: 'boolean' },
    network: { type: 'string', multiple: true },
  },
  help: {
    name: 'Its new name',
    enable: 'Accept it again',
    disable: 'Refuse it until it is enabled',
    'expires-at': `${expiresAtHelp}; only earlier than now set`,
    customer: 'Of kind specific: a customer to keep; once for each',
    specific: 'Make a key for all customers one for those that --customer names',
    network: `${networkHelp}; only within the present ones`,
  },
  run: async ({ client, args: [keyId = ''], values }) => {
    if (values.enable && values.disable) throw new UsageError('Give --enable or --disable, not both.')
    const enabled = values.enable ? true : values.disable ? false : undefined
    const body = given({
      name: values.name,
      enabled,
      expiresAt: values['expires-at'],
      kind: values.specific ? ('specific' as const) : undefined,
      organizationIds: values.customer,
      networks: values.network,
    })
    const key = answered(await client.PATCH('/api/v1/keys/{keyId}', { params: { path: { keyId } }, body }))
    return { json: key, text: record(key) }
  },
})

const keyRotate = command({
  name: 'key rotate',
  summary: 'Replace a key by a new one with the same settings',
  args: ['KEY'],
  options: { 'overlap-days': { type: 'string' } },
  help: { 'overlap-days': 'For how many days, 0 to 7, the old one is still accepted (default: 0)' },
  run: async ({ client, args: [keyId = ''], values }) => {
    const body = { overlapDays: Number(values['overlap-days'] ?? 0) }
    const made = answered(await client.POST('/api/v1/keys/{keyId}/successor', { params: { path: { keyId } }, body }))
    return { json: made, text: `${secret('The new key.', made.secret)}\n${record(made.key)}` }
  },
})

const keyDelete = command({
  name: 'key delete',
  summary: 'Delete a key: it is refused from now on',
  args: ['KEY'],
  run: async ({ client, args: [keyId = ''] }) => {
    answered(await client.DELETE('/api/v1/keys/{keyId}', { params: { path: { keyId } } }))
    return { json: {}, text: 'Deleted.' }
  },
})

export const keyCommands = [keyList, keyShow, keyCreate, keyUpdate, keyRotate, keyDelete]
