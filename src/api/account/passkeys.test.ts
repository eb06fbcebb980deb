import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmedMinutesAgo, withTwoFactor } from '../../../test/support/accounts.ts'
import { softAuthenticator } from '../../../test/support/authenticator.ts'
import { mailsTo } from '../../../test/support/mails.ts'
import {
  type Answer,
  type Ask,
  codeOfProblem,
  cookieOf,
  type Managed,
  type Staffed,
  startManaged,
  testPassword,
} from '../../../test/support/management.ts'

let managed: Managed
let customer: Staffed
let origin: string
beforeAll(async () => {
  managed = await startManaged()
  customer = await managed.staffed('customer', 'North Bakery')
  origin = managed.server.context.config.url
})
afterAll(() => managed.close())

type Authenticator = ReturnType<typeof softAuthenticator>

/** Adds a passkey to whoever asks; `headers` hold its session. */
async function add(ask: Ask, cookie: string, authenticator: Authenticator): Promise<Answer> {
  const challenge = await ask('POST', '/account/passkey-challenge')
  const response = authenticator.create(challenge.body.options)
  return ask('POST', '/account/passkeys', { name: 'Laptop', response }, { cookie: `${cookie}; ${cookieOf(challenge)}` })
}

async function signIn(authenticator: Authenticator): Promise<Answer> {
  const challenge = await managed.ask('POST', '/session/passkey-challenge')
  const response = authenticator.get(challenge.body.options)
  return managed.ask('POST', '/session/passkey', { response }, { cookie: cookieOf(challenge) })
}

/** A member, signed in, whose cookie is known. */
async function member() {
  const { email } = await managed.addMember(customer.id, 'administrator')
  const session = await managed.ask('POST', '/session', { email, password: testPassword })
  const cookie = cookieOf(session)
  return { email, cookie, ask: managed.asking({ cookie, origin: managed.server.url }) }
}

test('a passkey signs in without password and code, is listed, and is removed; both is told by mail', async () => {
  const { email, cookie, ask } = await member()
  const authenticator = softAuthenticator(origin)
  expect((await add(ask, cookie, authenticator)).status).toBe(204)
  const { passkeys } = (await ask('GET', '/account')).body
  expect(passkeys).toEqual([expect.objectContaining({ name: 'Laptop' })])

  await withTwoFactor(managed, ask)
  const signedIn = await signIn(authenticator)
  expect([signedIn.status, signedIn.body.person.email]).toEqual([200, email])
  const own = managed.asking({ cookie: cookieOf(signedIn), origin: managed.server.url })
  expect((await own('GET', '/account/sessions')).body.sessions[0]).toMatchObject({ method: 'passkey', current: true })

  expect((await customer.ask('DELETE', `/account/passkeys/${passkeys[0].id}`)).status).toBe(404)
  expect((await own('DELETE', `/account/passkeys/${passkeys[0].id}`)).status).toBe(204)
  expect(codeOfProblem(await signIn(authenticator))).toBe('passkey-refused')
  const told = (await mailsTo(managed.server, email)).map(({ message }) => message)
  expect(told.filter((message) => message.startsWith('passkey'))).toEqual(['passkey-added', 'passkey-removed'])
})

test('a passkey that did not recognize its user is refused, when it is added and when it signs in', async () => {
  const { cookie, ask } = await member()
  expect(codeOfProblem(await add(ask, cookie, softAuthenticator(origin, { verifies: false })))).toBe('passkey-refused')
  expect((await ask('GET', '/account')).body.passkeys).toEqual([])
  expect((await managed.ask('POST', '/session/passkey-challenge')).body.options.userVerification).toBe('required')
})

test('a passkey of another site, an answer that was used, and one of nobody are refused', async () => {
  const { cookie, ask } = await member()
  expect(codeOfProblem(await add(ask, cookie, softAuthenticator('https://evil.example')))).toBe('passkey-refused')
  const authenticator = softAuthenticator(origin)
  await add(ask, cookie, authenticator)
  const challenge = await managed.ask('POST', '/session/passkey-challenge')
  const response = authenticator.get(challenge.body.options)
  const send = () => managed.ask('POST', '/session/passkey', { response }, { cookie: cookieOf(challenge) })
  expect([(await send()).status, codeOfProblem(await send())]).toEqual([200, 'passkey-refused'])
  expect(codeOfProblem(await signIn(softAuthenticator(origin)))).toBe('passkey-refused')
})

test('a passkey confirms a session, and another person’s does not', async () => {
  const [one, other] = [await member(), await member()]
  const [own, foreign] = [softAuthenticator(origin), softAuthenticator(origin)]
  await add(one.ask, one.cookie, own)
  await add(other.ask, other.cookie, foreign)
  const confirm = async (authenticator: Authenticator) => {
    const challenge = await one.ask('POST', '/session/passkey-challenge')
    const passkey = authenticator.get(challenge.body.options)
    return one.ask('PUT', '/session/confirmation', { passkey }, { cookie: `${one.cookie}; ${cookieOf(challenge)}` })
  }
  await confirmedMinutesAgo(managed.server, one.email, 16)
  expect(codeOfProblem(await confirm(foreign))).toBe('passkey-refused')
  expect(codeOfProblem(await one.ask('POST', '/gateways', { name: 'g' }))).toBe('confirmation-needed')
  const sessions = (await one.ask('GET', '/account/sessions')).body.sessions.length
  expect((await confirm(own)).status).toBe(204)
  expect((await one.ask('POST', '/gateways', { name: 'g' })).status).toBe(201)
  expect((await one.ask('GET', '/account/sessions')).body.sessions).toHaveLength(sessions)
})

test('a passkey is two factors: a company that requires them asks for no more', async () => {
  const { id, email } = await managed.staffed('customer', 'South Bakery')
  const session = await managed.ask('POST', '/session', { email, password: testPassword })
  const cookie = cookieOf(session)
  const ask = managed.asking({ cookie, origin: managed.server.url })
  const authenticator = softAuthenticator(origin)
  await managed.vendor('PATCH', `/companies/${id}`, { requiresTwoFactor: true })
  expect(codeOfProblem(await ask('GET', '/gateways'))).toBe('two-factor-needed')
  expect((await add(ask, cookie, authenticator)).status).toBe(204)
  expect(codeOfProblem(await ask('GET', '/gateways'))).toBe('two-factor-needed')
  const byPasskey = managed.asking({ cookie: cookieOf(await signIn(authenticator)) })
  expect((await byPasskey('GET', '/gateways')).status).toBe(200)
})
