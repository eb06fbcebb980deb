import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, signedIn, withCookie } from '../../../test/support/accounts.ts'
import { softAuthenticator } from '../../../test/support/authenticator.ts'
import {
  type Ask,
  cookieOf,
  inDays,
  type Managed,
  type Staffed,
  startManaged,
  testPassword,
} from '../../../test/support/management.ts'

interface Act {
  at: string
  verb: string
  record: string
  personal?: { data: string }
}

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged()
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

const actsFor = async (ask: Ask): Promise<Act[]> => (await ask('GET', '/acts?limit=1000')).body.acts
const fromOf = (act: Act | undefined) => act?.personal && JSON.parse(act.personal.data).from

test('from where somebody acted is told to his own company and the vendor, not to whom he acted on', async () => {
  await managed.vendor('PUT', `/companies/${customer.id}/suspension`)
  await managed.vendor('DELETE', `/companies/${customer.id}/suspension`)
  await customer.ask('POST', '/gateways', { name: 'One' })
  const shown = (acts: Act[]) =>
    ['company.suspended', 'setup_link.created', 'member.created', 'gateway.created'].map((verb) => {
      const act = acts.find((one) => one.verb === verb && one.record.includes(customer.id))
      return [verb, fromOf(act)]
    })
  expect(shown(await actsFor(customer.ask))).toEqual([
    ['company.suspended', undefined],
    ['setup_link.created', undefined],
    ['member.created', '127.0.0.1'],
    ['gateway.created', '127.0.0.1'],
  ])
  expect(shown(await actsFor(managed.vendor)).map(([, from]) => from)).toEqual(Array(4).fill('127.0.0.1'))
  const started = (await actsFor(customer.ask)).find((act) => act.verb === 'session.started')
  expect(JSON.parse(started?.personal?.data ?? '{}')).toMatchObject({ ip_address: '127.0.0.1' })
})

test('a trial that begins with a gateway is its act, from where it sends; cut short by a paid one, it was not extended', async () => {
  const { body } = await customer.ask('POST', '/gateways', { name: 'Two' })
  const batch = await fetch(`${managed.server.url}/ingest/v1/batches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${body.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batchId: 'first' }),
  })
  expect(batch.status).toBe(200)
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(60) })

  const acts = (await actsFor(customer.ask)).filter((act) => act.verb.startsWith('subscription.'))
  expect(acts.map((act) => act.verb)).toEqual(['subscription.started', 'subscription.shortened', 'subscription.started'])
  expect(JSON.parse(acts[0]?.record ?? '').actor).toEqual({ kind: 'gateway', id: body.gateway.id, company: customer.id })
  expect(fromOf(acts[0])).toBe('127.0.0.1')
})

test('what members do to keep their accounts safe, and administrators for them, is recorded for the company, with no secret', async () => {
  const { id, ask: administrator } = await managed.staffed('customer', 'Recorded Bakery')
  const { email } = await managed.addMember(id, 'viewer')
  let { ask, cookie } = await signedIn(managed, email)
  /** Its answers begin the session anew. */
  const renewing = async (method: string, path: string, body: object) => {
    const answer = await ask(method, path, body)
    expect([path, answer.status]).toEqual([path, expect.toSatisfy((status: number) => status < 300)])
    if (answer.headers.getSetCookie().length > 0) ({ ask, cookie } = withCookie(managed, cookieOf(answer)))
    return answer
  }
  await ask('PATCH', '/account', { name: 'Renamed' })
  const { secret, recoveryCodes } = (await renewing('POST', '/account/two-factor', { password: testPassword })).body
  await renewing('PUT', '/account/two-factor', { code: codeOf(secret) })
  await renewing('POST', '/account/recovery-codes', { password: testPassword })
  await renewing('POST', '/account/two-factor/removal', { password: testPassword })
  const wanted = 'another long enough password'
  await renewing('PUT', '/account/password', { current: testPassword, wanted })
  const challenge = await ask('POST', '/account/passkey-challenge')
  const response = softAuthenticator(managed.server.context.config.url).create(challenge.body.options)
  const browser = withCookie(managed, `${cookie}; ${cookieOf(challenge)}`)
  expect((await browser.ask('POST', '/account/passkeys', { name: 'Laptop', response })).status).toBe(204)
  const [passkey] = (await ask('GET', '/account')).body.passkeys
  await ask('DELETE', `/account/passkeys/${passkey.id}`)
  const { members } = (await administrator('GET', '/members')).body
  const member = members.find((one: { email: string }) => one.email === email)
  await administrator('PATCH', `/members/${member.id}`, { role: 'editor' })
  await administrator('DELETE', `/members/${member.id}/sessions`)
  for (const requiresTwoFactor of [true, false]) await managed.vendor('PATCH', `/companies/${id}`, { requiresTwoFactor })

  const acts = await actsFor(administrator)
  expect(new Set(acts.map(({ verb }) => verb))).toEqual(
    new Set([
      ...[
        'company.created',
        'setup_link.created',
        'setup_link.used',
        'person.created',
        'sign_in_method.created',
        'member.created',
      ],
      ...['session.started', 'session.confirmed', 'session.ended', 'person.renamed', 'person.changed', 'password.changed'],
      ...['two_factor.created', 'two_factor.confirmed', 'two_factor.recovery_codes_changed', 'two_factor.deleted'],
      ...['passkey.created', 'passkey.deleted', 'company.changed', 'member.changed'],
    ]),
  )
  const told = JSON.stringify(acts)
  for (const kept of [secret, ...recoveryCodes, testPassword, wanted, response.id]) expect(told).not.toContain(kept)
})

test('acts have times in their order, also when many are done at once', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, nth) => customer.ask('POST', '/gateways', { name: `At once ${nth}` })))
  const times = (await actsFor(managed.vendor)).map((act) => JSON.parse(act.record).at as string)
  expect(times).toEqual([...times].sort())
})

test('what an act of an earlier version says that a device was called is not told', async () => {
  await managed.server.database.transaction('system', { kind: 'system' }, (tx) =>
    tx.rows(sql`
      select record_act('device.changed', array[${customer.id}::text], '{"kind": "device", "id": "old"}', '{"label": "Cellar UPS", "changed": ["label"]}', '{}')`),
  )
  for (const ask of [customer.ask, managed.vendor]) {
    const { acts } = (await ask('GET', '/activity?limit=100')).body
    const told = acts.filter(({ subject }: { subject: { id?: string } }) => subject.id === 'old')
    expect(told).toMatchObject([{ details: { changed: ['label'] } }])
    expect(JSON.stringify(told)).not.toContain('Cellar')
  }
})
