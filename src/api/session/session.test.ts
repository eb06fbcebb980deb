import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookieOf, type Managed, type Staffed, startManaged, testPassword } from '../../../test/support/management.ts'
import { signInLimits } from '../../auth/sign-in-limits.ts'
import { endExpiredSessions } from '../../jobs/end-expired-sessions.ts'

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged({ flags: ['--portal-name', 'Atlas'] })
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

test('a member signs in with email and password, is shown for whom, and signs out', async () => {
  const { ask, asking, server } = managed
  const signedIn = await ask('POST', '/session', { email: customer.email.toUpperCase(), password: testPassword })
  expect(signedIn.status).toBe(200)
  expect(signedIn.body).toMatchObject({
    person: { email: customer.email },
    company: { id: customer.id, kind: 'customer', name: 'North Bakery' },
    role: 'administrator',
    portalName: 'Atlas',
  })
  const [cookie] = signedIn.headers.getSetCookie()
  expect(cookie).toMatch(/; HttpOnly/)
  expect(cookie).toMatch(/; SameSite=Lax/)
  expect(cookie).not.toMatch(/; Secure/)

  const own = asking({ cookie: cookieOf(signedIn), origin: server.url })
  expect((await own('GET', '/session')).body).toEqual(signedIn.body)
  expect((await own('DELETE', '/session')).status).toBe(200)
  expect((await own('GET', '/session')).status).toBe(401)
})

test('a wrong password and an address without account get one and the same answer', async () => {
  const wrong = await managed.ask('POST', '/session', { email: customer.email, password: 'not the right one' })
  const nobody = await managed.ask('POST', '/session', { email: 'nobody@example.com', password: 'not the right one' })
  expect(wrong.status).toBe(401)
  expect({ ...wrong.body, requestId: '' }).toEqual({ ...nobody.body, requestId: '' })
})

test('an address without account is refused no faster than one with', async () => {
  const other = await managed.staffed('customer', 'East Bakery')
  const fastestMs = async (email: string) => {
    const times: number[] = []
    for (let attempt = 0; attempt < signInLimits.perEmail / 2; attempt += 1) {
      const start = performance.now()
      await managed.ask('POST', '/session', { email, password: 'not the right one' })
      times.push(performance.now() - start)
    }
    return Math.min(...times)
  }
  // Both hash a password, which takes most of the time by far; without that the one would take a tenth of the other.
  const ratio = (await fastestMs('nobody.at.all@example.com')) / (await fastestMs(other.email))
  expect(ratio).toBeGreaterThan(0.4)
})

test('what the database holds of a session cannot be used as its cookie', async () => {
  const { ask, asking, server } = managed
  const signedIn = await ask('POST', '/session', { email: customer.email, password: testPassword })
  const cookie = decodeURIComponent(cookieOf(signedIn))
  const [name, value = ''] = cookie.split(/=(.*)/s)
  const [token = '', signature = ''] = value.split('.')
  const stored = await server.database.system.rows<{ token: string }>(sql`select token from session`)
  expect(stored.map((row) => row.token)).not.toContain(token)

  expect((await asking({ cookie: `${name}=${encodeURIComponent(`${token}.${signature}`)}` })('GET', '/session')).status).toBe(200)
  for (const row of stored) {
    expect(
      (await asking({ cookie: `${name}=${encodeURIComponent(`${row.token}.${signature}`)}` })('GET', '/session')).status,
    ).toBe(401)
    expect((await asking({ cookie: `${name}=${encodeURIComponent(row.token)}` })('GET', '/session')).status).toBe(401)
  }
})

test('a session in use is prolonged, under the same cookie', async () => {
  const { server } = managed
  const other = await managed.staffed('customer', 'Long Bakery')
  const session = sql`person_id = (select id from person where email = ${other.email})`
  const left = async () => {
    const [row] = await server.database.system.rows<{ days: number }>(sql`
      select extract(epoch from expires_at - now())::float8 / 86400 as "days" from session where ${session}`)
    return row?.days
  }
  expect((await other.ask('GET', '/session')).headers.getSetCookie()).toEqual([])
  await server.database.system.rows(sql`update session set expires_at = now() + interval '5 days' where ${session}`)
  const prolonged = await other.ask('GET', '/session')
  expect(cookieOf(prolonged)).not.toBe('')
  expect(await left()).toBeGreaterThan(6.9)
  expect((await managed.asking({ cookie: cookieOf(prolonged) })('GET', '/session')).body).toEqual(prolonged.body)
  expect((await other.ask('GET', '/session')).status).toBe(200)
})

test('a request that changes something with a session must come from the portal', async () => {
  const { asking, ask, server } = managed
  const cookie = cookieOf(await ask('POST', '/session', { email: customer.email, password: testPassword }))
  const create = (headers: Record<string, string>) => asking({ cookie, ...headers })('POST', '/gateways', { name: 'x' })
  for (const headers of [
    {},
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site', origin: server.url },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
  ]) {
    const refused = await create(headers as Record<string, string>)
    expect([refused.status, refused.body.type]).toEqual([403, `${server.url}/docs/errors#cross-site`])
  }
  expect((await create({ origin: server.url })).status).toBe(201)
  expect((await create({ 'sec-fetch-site': 'same-origin' })).status).toBe(201)
  expect((await asking({ cookie, 'sec-fetch-site': 'cross-site' })('GET', '/gateways')).status).toBe(200)
  const forced = await ask(
    'POST',
    '/session',
    { email: customer.email, password: testPassword },
    { 'sec-fetch-site': 'cross-site' },
  )
  expect(forced.status).toBe(403)
})

test('the people of a suspended company are refused at once, and come back when it is resumed', async () => {
  const { vendor, ask } = managed
  const other = await managed.staffed('customer', 'South Bakery')
  expect((await vendor('PUT', `/companies/${other.id}/suspension`)).status).toBe(204)
  expect((await other.ask('GET', '/session')).status).toBe(401)
  const signIn = await ask('POST', '/session', { email: other.email, password: testPassword })
  expect([signIn.status, signIn.headers.getSetCookie()]).toEqual([401, []])
  await vendor('DELETE', `/companies/${other.id}/suspension`)
  expect((await other.ask('GET', '/session')).status).toBe(200)
})

test('an address that is tried too often is refused for a while, with the right password too, and others are not', async () => {
  const other = await managed.staffed('customer', 'West Bakery')
  for (let attempt = 0; attempt < signInLimits.perEmail; attempt += 1) {
    expect((await managed.ask('POST', '/session', { email: other.email, password: `guess number ${attempt}` })).status).toBe(401)
  }
  const refused = await managed.ask('POST', '/session', { email: other.email, password: testPassword })
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await managed.ask('POST', '/session', { email: customer.email, password: testPassword })).status).toBe(200)
})

test('sessions that have expired leave the database, those that have not stay', async () => {
  const { database, context } = managed.server
  const old = await managed.staffed('customer', 'Old')
  const present = await managed.staffed('customer', 'Present')
  await database.system.rows(sql`
    update session set expires_at = now() where person_id = (select id from person where email = ${old.email})`)
  await endExpiredSessions(context)
  const left = await database.system.rows<{ email: string }>(
    sql`select p.email from session s join person p on p.id = s.person_id`,
  )
  expect(left.map((row) => row.email)).toContain(present.email)
  expect(left.map((row) => row.email)).not.toContain(old.email)
  expect((await present.ask('GET', '/session')).status).toBe(200)
})

test('the portal says its name to anybody', async () => {
  expect((await managed.ask('GET', '/portal')).body).toEqual({ name: 'Atlas' })
})
