import { request } from 'node:http'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedIn, withCookie } from '../../../test/support/accounts.ts'
import { tokenMailedTo } from '../../../test/support/mailed.ts'
import { mailsTo } from '../../../test/support/mails.ts'
import {
  codeOfProblem,
  cookieOf,
  type Managed,
  type Staffed,
  startManaged,
  testPassword,
} from '../../../test/support/management.ts'

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged({ flags: ['--rate-limit-factor', '1000'] })
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

const wanted = 'another long password'
const member = () => managed.addMember(customer.id, 'viewer')
const signIn = (email: string, password: string) => managed.ask('POST', '/session', { email, password })
const reset = (token: string, password = wanted) => managed.ask('POST', '/password-resets/use', { token, password })
const own = (cookie: string) => withCookie(managed, cookie).ask

test('a mailed link sets a new password once, ends every session, and is told by mail', async () => {
  const { email } = await member()
  const { cookie } = await signedIn(managed, email)
  expect((await managed.ask('POST', '/password-resets', { email: email.toUpperCase() })).status).toBe(204)
  const token = await tokenMailedTo(managed.server, email)
  expect((await reset(token)).status).toBe(204)
  expect((await own(cookie)('GET', '/session')).status).toBe(401)
  expect((await signIn(email, testPassword)).status).toBe(401)
  expect((await signIn(email, wanted)).status).toBe(200)
  expect(codeOfProblem(await reset(token, 'a third long password'))).toBe('link-not-valid')
  expect((await mailsTo(managed.server, email)).map(({ message }) => message)).toEqual(['reset-password', 'password-changed'])
})

test('a link that has expired or was made up sets nothing', async () => {
  const { email } = await member()
  await managed.ask('POST', '/password-resets', { email })
  const token = await tokenMailedTo(managed.server, email)
  await managed.server.database.system.rows(sql`update verification set expires_at = now() - interval '1 second'`)
  expect(codeOfProblem(await reset(token))).toBe('link-not-valid')
  expect(codeOfProblem(await reset('made-up'))).toBe('link-not-valid')
  expect((await signIn(email, testPassword)).status).toBe(200)
})

test('an address without account gets the same answer, and no mail', async () => {
  const known = await managed.ask('POST', '/password-resets', { email: customer.email })
  const unknown = await managed.ask('POST', '/password-resets', { email: 'nobody@example.com' })
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
  expect(await mailsTo(managed.server, 'nobody@example.com')).toEqual([])
})

test('a link leads to the configured address, whatever the request calls its host', async () => {
  const { email } = await member()
  const { hostname, port } = new URL(managed.server.url)
  const status = await new Promise((resolve, reject) => {
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
      'content-type': 'application/json',
    }
    const sent = request({ hostname, port, method: 'POST', path: '/api/v1/password-resets', headers }, (answer) =>
      resolve(answer.resume().statusCode),
    )
    sent.on('error', reject).end(JSON.stringify({ email }))
  })
  expect(status).toBe(204)
  const [mail] = await mailsTo(managed.server, email)
  expect(mail?.link).toMatch(new RegExp(`^${managed.server.url}/reset#`))
})

test('another site can make no browser ask for a reset, register or sign in', async () => {
  const elsewhere = managed.asking({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })
  const { email } = await member()
  for (const [path, body] of [
    ['/password-resets', { email }],
    ['/accounts', { name: 'x', email: 'y@example.com', password: wanted }],
    ['/session', { email, password: testPassword }],
    ['/email-changes', { token: 'x' }],
  ] as const) {
    expect([path, codeOfProblem(await elsewhere('POST', path, body))]).toEqual([path, 'cross-site'])
  }
  expect(await mailsTo(managed.server, email)).toEqual([])
})

test('changing the password needs the former one, ends the other sessions, and goes on under a new cookie', async () => {
  const { email } = await member()
  const [mine, other] = [await signedIn(managed, email), await signedIn(managed, email)]
  const ask = own(mine.cookie)
  expect(codeOfProblem(await ask('PUT', '/account/password', { current: 'not the right one', wanted }))).toBe('password-wrong')
  const changed = await ask('PUT', '/account/password', { current: testPassword, wanted })
  expect(changed.status).toBe(204)
  expect((await ask('GET', '/session')).status).toBe(401)
  expect((await own(other.cookie)('GET', '/session')).status).toBe(401)
  expect((await own(cookieOf(changed))('GET', '/session')).status).toBe(200)
  expect((await signIn(email, wanted)).status).toBe(200)
  expect((await mailsTo(managed.server, email)).map(({ message }) => message)).toEqual(['password-changed'])
})

test('a request that changes an account must come from the portal', async () => {
  const { email } = await member()
  const { cookie } = await signedIn(managed, email)
  const elsewhere = managed.asking({ cookie, origin: 'https://evil.example' })
  expect(codeOfProblem(await elsewhere('PUT', '/account/password', { current: testPassword, wanted }))).toBe('cross-site')
  expect(codeOfProblem(await elsewhere('DELETE', '/account/sessions'))).toBe('cross-site')
  expect((await own(cookie)('GET', '/session')).status).toBe(200)
})
