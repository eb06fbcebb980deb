import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo } from '../../../test/support/mailed.ts'
import { connect, inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { openStream } from '../../../test/support/measurement-stream.ts'
import { reportLimits } from '../../auth/report-limits.ts'
import { tellEndingKeys } from '../../jobs/tell-ending-keys.ts'

let managed: Managed
let partner: Staffed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged()
  partner = await managed.staffed('partner', 'Acme, Inc.')
  customer = await managed.staffed('customer', 'A valid one')
  const partnership = await connect(managed, customer, partner)
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
  await customer.ask('PUT', `/partnerships/${partnership}/consent`, {})
})
afterAll(() => managed.close())

const create = async (body: object = {}) => (await partner.ask('POST', '/keys', { name: 'A key', kind: 'all', ...body })).body
const status = async (secret: string) =>
  (await fetch(`${managed.server.url}/rest/v1/organizations`, { headers: { authorization: `Bearer ${secret}` } })).status
const rotate = (id: string, overlapDays: number) => partner.ask('POST', `/keys/${id}/successor`, { overlapDays })
const report = (key: string) => managed.ask('POST', '/key-reports', { key })
const subjects = async () => (await mailsTo(managed.server, partner.email)).map(({ subject }) => subject)
const daysTo = (at: string) => (new Date(at).getTime() - Date.now()) / 86_400_000

test('a rotated key goes on for the overlap beside a successor with the same settings, and each names the other', async () => {
  const settings = {
    networks: ['127.0.0.0/8', '::1/128'],
    kind: 'specific',
    organizationIds: [customer.id],
    expiresAt: inDays(90),
  }
  const old = await create({ ...settings, name: 'Tickets' })
  const { status: answered, body } = await rotate(old.key.id, 7)
  expect([answered, body.secret]).toEqual([201, expect.stringMatching(/^ak_live_/)])
  expect(body.key).toMatchObject({
    name: 'Tickets',
    kind: 'specific',
    networks: settings.networks,
    expiresAt: settings.expiresAt,
    replaces: { id: old.key.id, name: 'Tickets' },
    covered: 1,
  })
  expect([await status(old.secret), await status(body.secret)]).toEqual([200, 200])
  const replaced = (await partner.ask('GET', `/keys/${old.key.id}`)).body
  expect(replaced.replacedBy).toEqual({ id: body.key.id, name: 'Tickets' })
  expect(daysTo(replaced.expiresAt)).toBeCloseTo(7, 2)
  expect((await rotate(old.key.id, 1)).body.type).toMatch(/#key-not-rotated$/)
  expect(await subjects()).toContain('A key was replaced: Tickets')
})

test('without an overlap the old key is refused at once, and with one never after its own end', async () => {
  const old = await create()
  const made = await rotate(old.key.id, 0)
  expect([await status(old.secret), await status(made.body.secret)]).toEqual([401, 200])

  const expiresAt = inDays(2)
  const ending = await create({ expiresAt })
  await rotate(ending.key.id, 7)
  expect((await partner.ask('GET', `/keys/${ending.key.id}`)).body.expiresAt).toBe(expiresAt)

  const disabled = await create()
  await partner.ask('PATCH', `/keys/${disabled.key.id}`, { enabled: false })
  expect((await rotate(disabled.key.id, 0)).status).toBe(409)
  expect((await rotate(old.key.id, 8)).status).toBe(400)
})

test('whoever holds a whole key ends it for good, with its streams, and its administrators are told', async () => {
  const { key, secret } = await create({ name: 'Found on the web' })
  const stream = await openStream(`${managed.server.url}/rest/v1/organizations/${customer.id}/measurements/live`, secret)
  const bad = secret.slice(0, -7) + (secret.at(-7) === 'a' ? 'b' : 'a') + secret.slice(-6)
  for (const part of [key.id, key.prefix, secret.slice(0, -1), bad, 'nothing', '']) expect((await report(part)).status).toBe(204)
  expect(await status(secret)).toBe(200)

  const answer = await report(` ${secret}\n`)
  expect([answer.status, answer.body]).toEqual([204, undefined])
  expect(await status(secret)).toBe(401)
  expect(await stream.ended).toBe('properly')
  const now = (await partner.ask('GET', `/keys/${key.id}`)).body
  expect(now).toMatchObject({ valid: false, reportedAt: expect.any(String), covered: 0 })
  expect(now.organizations[0].reasons).toEqual(['key reported'])
  expect((await partner.ask('PATCH', `/keys/${key.id}`, { enabled: true })).body.type).toMatch(/#key-reported$/)
  expect((await report(secret)).status).toBe(204)
  const told = (await mailsTo(managed.server, partner.email)).filter(({ message }) => message === 'key-reported')
  expect(told.map(({ words }) => words)).toEqual([expect.stringContaining(`Found on the web (${key.prefix}…)`)])
  expect(JSON.stringify(told)).not.toContain(secret)

  const { acts } = (await partner.ask('GET', '/acts?limit=1000')).body
  const records = acts.map(({ record }: { record: string }) => JSON.parse(record))
  expect(records.filter(({ verb }: { verb: string }) => verb === 'key.reported')).toMatchObject([
    { actor: { kind: 'finder' }, subject: { kind: 'key', id: key.id } },
  ])
})

test('reports are limited by address, and each is answered alike until then', async () => {
  const answers: number[] = []
  for (let nth = 0; nth <= reportLimits.perAddress && answers.at(-1) !== 429; nth += 10)
    answers.push(...(await Promise.all(Array.from({ length: 10 }, () => report('nothing')))).map((one) => one.status))
  expect(new Set(answers)).toEqual(new Set([204, 429]))
  expect(Number((await report('nothing')).headers.get('retry-after'))).toBeGreaterThan(0)
})

test('administrators are told 30, 7 and 1 days before a key ends, once each, and not of what ends as soon as it was made to', async () => {
  const ends = async (name: string, madeDaysAgo: number, days: number, more: object = {}) => {
    const { key } = await create({ name, expiresAt: inDays(days), ...more })
    await managed.server.database.system.rows(
      sql`update api_key set created_at = created_at - make_interval(days => ${madeDaysAgo}) where id = ${key.id}`,
    )
    return key.id
  }
  const told = async (name: string) =>
    (await subjects()).filter((subject) => subject.startsWith('A key expires') && subject.endsWith(`: ${name}`))
  const later = (id: string, days: number) =>
    managed.server.database.system.rows(sql`
      update api_key set expires_at = expires_at - make_interval(days => ${days}), created_at = created_at - make_interval(days => ${days})
       where id = ${id}`)
  const old = await ends('Yearly', 300, 29.5)
  await ends('Far', 300, 31)
  await ends('Monthly', 0, 30)
  const replaced = await ends('Replaced', 300, 20)
  await rotate(replaced, 7)
  await tellEndingKeys(managed.server.context)
  await tellEndingKeys(managed.server.context)
  expect(await told('Yearly')).toEqual(['A key expires in 30 days: Yearly'])
  expect([await told('Far'), await told('Monthly')]).toEqual([[], []])
  // Its successor was made just now and has the same end.
  expect(await told('Replaced')).toEqual([])
  await later(old, 23)
  await tellEndingKeys(managed.server.context)
  await later(old, 6)
  await tellEndingKeys(managed.server.context)
  expect(await told('Yearly')).toEqual([
    'A key expires in 30 days: Yearly',
    'A key expires in 7 days: Yearly',
    'A key expires within a day: Yearly',
  ])
})
