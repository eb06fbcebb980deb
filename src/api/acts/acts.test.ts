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

interface Told {
  seq: number
  at: string
  verb: string
  actor: { kind: string; id?: string }
}

test('activity is what is asked for: by noun, verb, person, kind of actor, time and several of them, on whatever pages', async () => {
  const partner = await managed.staffed('partner', 'Kestrel')
  await managed.vendor('POST', '/partnerships', { customerId: customer.id, partnerId: partner.partnerId })
  const pagesOf = async (ask: Ask, query: Record<string, string>, limit: number) => {
    const told: Told[] = []
    for (let before: number | undefined; ; ) {
      const asked = new URLSearchParams({ ...query, limit: String(limit), ...(before && { before: String(before) }) })
      const { body } = await ask('GET', `/activity?${asked}`)
      told.push(...body.acts)
      if (body.next === undefined) return told
      before = body.next
    }
  }
  for (const ask of [customer.ask, partner.ask, managed.vendor]) {
    const whole = await pagesOf(ask, {}, 500)
    const [newest] = whole
    const person = whole.findLast(({ actor }) => actor.kind === 'person')?.actor.id as string
    const times = whole.map(({ at }) => at)
    const middle = times[Math.floor(times.length / 2)] as string
    const filters = [
      ...['company', 'gateway', 'gateway.created', 'partnership.connected', 'key'].map((verb) => ({ verb })),
      ...[person, 'person', 'command line', 'system'].flatMap((actor) => [
        { actor },
        { actor, verb: 'company' },
        { actor, to: middle },
      ]),
      ...[{ from: middle }, { to: middle }, { from: times.at(-2) as string, to: middle, verb: 'member', actor: 'person' }],
    ]
    for (const filter of filters) {
      const { verb, actor, from, to }: Record<string, string | undefined> = filter
      const fits = (act: Told) =>
        (verb === undefined || act.verb === verb || act.verb.startsWith(`${verb}.`)) &&
        (actor === undefined || actor === act.actor.id || actor === act.actor.kind) &&
        (from === undefined || act.at >= from) &&
        (to === undefined || act.at < to)
      // What is done meanwhile, signing in among it, is newer than all of these.
      const told = (await pagesOf(ask, filter, 10)).filter(({ seq }) => seq <= (newest?.seq ?? 0))
      expect([filter, told]).toEqual([filter, whole.filter(fits)])
    }
  }
})
