import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { connect, inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { openStream, type ReadStream } from '../../../test/support/measurement-stream.ts'

let managed: Managed
let partner: Staffed
let customer: Staffed
const open: ReadStream[] = []
beforeAll(async () => {
  managed = await startManaged({ flags: ['--trusted-proxies', '127.0.0.1,::1'] })
  partner = await managed.staffed('partner', 'Acme, Inc.')
  customer = await managed.staffed('customer', 'A valid one')
  const partnership = await connect(managed, customer, partner)
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
  await customer.ask('PUT', `/partnerships/${partnership}/consent`, {})
})
afterEach(() => {
  for (const stream of open.splice(0)) stream.close()
})
afterAll(() => managed.close())

const keyFor = async (networks?: string[]) => {
  const { status, body } = await partner.ask('POST', '/keys', { name: 'A key', kind: 'all', ...(networks && { networks }) })
  expect(status).toBe(201)
  return { secret: body.secret as string, path: `/keys/${body.key.id}`, networks: body.key.networks as string[] | undefined }
}
/** The statuses of a list, of changes (answered by a glance) and of a device, asked from an address. */
const asked = (secret: string, from: string) =>
  Promise.all(
    ['', '/alarm-changes/0', '/inventory', '/inventory/none'].map(async (rest) => {
      const path = rest === '' ? '' : `/${customer.id}${rest}`
      const headers = { authorization: `Bearer ${secret}`, 'x-forwarded-for': from }
      return (await fetch(`${managed.server.url}/rest/v1/organizations${path}`, { headers })).status
    }),
  )
const accepted = [200, 200, 200, 404]
const refused = [401, 401, 401, 401]

test('a key with networks is accepted from these alone, in IPv4 and IPv6, and refused elsewhere like one that is unknown', async () => {
  const { secret, networks } = await keyFor(['192.0.2.77/28', '198.51.100.7', '2001:db8:5::9/48', '192.0.2.64/28'])
  expect(networks).toEqual(['192.0.2.64/28', '198.51.100.7/32', '2001:db8:5::/48'])
  for (const from of [
    '192.0.2.64',
    '192.0.2.79',
    '::ffff:192.0.2.70',
    '198.51.100.7',
    '2001:db8:5:1::1',
    '203.0.113.9, 192.0.2.66',
  ])
    expect([from, await asked(secret, from)]).toEqual([from, accepted])
  for (const from of ['192.0.2.80', '198.51.100.8', '2001:db8:6::1', 'unknown', '192.0.2.66, 203.0.113.9'])
    expect([from, await asked(secret, from)]).toEqual([from, refused])

  const headers = { authorization: `Bearer ${secret}`, 'x-forwarded-for': '203.0.113.9' }
  const answer = await fetch(`${managed.server.url}/rest/v1/organizations`, { headers })
  expect([answer.headers.get('www-authenticate'), ((await answer.json()) as { type: string }).type]).toEqual([
    'Bearer',
    expect.stringMatching(/#key-refused$/),
  ])
})

test('networks are narrowed in place and never widened, and what is none is refused in words', async () => {
  const { secret, path } = await keyFor()
  const change = (networks: unknown) => partner.ask('PATCH', path, { networks })
  expect((await change(null)).status).toBe(200)
  expect((await change(['192.0.2.0/24', '2001:db8::/32'])).body.networks).toEqual(['192.0.2.0/24', '2001:db8::/32'])
  expect(await asked(secret, '203.0.113.9')).toEqual(refused)
  expect((await change(['192.0.2.128/25', '192.0.2.5'])).body.networks).toEqual(['192.0.2.5/32', '192.0.2.128/25'])
  for (const wider of [null, ['192.0.2.0/24'], ['192.0.2.5', '203.0.113.0/24'], ['2001:db8::1'], ['0.0.0.0/0'], ['::/0']]) {
    const { status, body } = await change(wider)
    expect([wider, status, body.type, body.detail]).toEqual([
      wider,
      409,
      expect.stringMatching(/#key-widened$/),
      expect.stringContaining('192.0.2.5/32, 192.0.2.128/25'),
    ])
  }
  for (const wrong of [
    [],
    ['192.0.2.0/33'],
    ['192.0.2.256'],
    ['2001:db8::/129'],
    ['fe80::1%eth0'],
    ['::ffff:192.0.2.1'],
    ['office'],
  ])
    expect([wrong, (await change(wrong)).status]).toEqual([wrong, 400])
  expect((await partner.ask('GET', path)).body.networks).toEqual(['192.0.2.5/32', '192.0.2.128/25'])
})

test('an act says how many networks a key has, and keeps them where they can be erased', async () => {
  const { path } = await keyFor(['192.0.2.0/24', '198.51.100.7'])
  await partner.ask('PATCH', path, { networks: ['192.0.2.128/25'] })
  const { acts } = (await partner.ask('GET', '/acts?limit=1000')).body
  const keys = acts.filter(({ record }: { record: string }) => JSON.parse(record).subject.id === path.split('/')[2])
  expect(keys.map(({ record }: { record: string }) => JSON.parse(record).details.networks)).toEqual([2, 1])
  expect(JSON.stringify(keys.map(({ record }: { record: string }) => record))).not.toMatch(/192\.0\.2|198\.51/)
  expect(keys.map(({ personal }: { personal: { data: string } }) => JSON.parse(personal.data).networks)).toEqual([
    ['192.0.2.0/24', '198.51.100.7/32'],
    ['192.0.2.128/25'],
  ])
})

test('a stream ends when its key is no longer accepted from where it was opened', async () => {
  const { secret, path } = await keyFor()
  const url = `${managed.server.url}/rest/v1/organizations/${customer.id}/measurements/live`
  const stream = await openStream(url, secret, { 'x-forwarded-for': '203.0.113.9' })
  open.push(stream)
  expect(stream.status).toBe(200)
  await partner.ask('PATCH', path, { networks: ['192.0.2.0/24'] })
  expect(await stream.ended).toBe('properly')
  const again = await openStream(url, secret, { 'x-forwarded-for': '203.0.113.9' })
  open.push(again)
  expect(again.status).toBe(401)
})
