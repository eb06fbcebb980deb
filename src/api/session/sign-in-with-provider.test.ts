import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { confirmedMinutesAgo, signedIn, withCookie } from '../../../test/support/accounts.ts'
import { tokenMailedTo } from '../../../test/support/mailed.ts'
import {
  type Answer,
  codeOfProblem,
  cookieOf,
  type Managed,
  type Staffed,
  startManaged,
  testPassword,
} from '../../../test/support/management.ts'
import { type ProviderOfTest, startProvider } from '../../../test/support/sign-in-provider.ts'
import { type SignInScene, signInScene } from '../../../test/support/sign-in-scene.ts'
import { verified } from '../../../test/support/verified-acts.ts'

let managed: Managed
let provider: ProviderOfTest
let company: Staffed
let other: Staffed
let settings: SignInScene['settings']
let begin: SignInScene['begin']
let signIn: SignInScene['signIn']
let end: SignInScene['end']
beforeAll(async () => {
  managed = await startManaged({ flags: ['--inside-addresses', '127.0.0.1'] })
  provider = await startProvider(`${managed.server.url}/sign-in/return`)
  ;({ settings, begin, signIn, end } = signInScene(managed, provider))
  company = await managed.staffed('customer', 'North Bakery')
  other = await managed.staffed('customer', 'South Bakery')
  expect((await company.ask('PUT', '/sign-in-provider', settings())).status).toBe(200)
})
afterAll(async () => {
  await provider.close()
  await managed.close()
})

describe('a member who signed in at the company’s provider', () => {
  test('is signed in for the company, with the act, and the notice of a new place', async () => {
    const answer = await signIn(company.email.toUpperCase())
    expect(answer).toMatchObject({
      status: 200,
      body: { company: { id: company.id }, singleSignOn: { name: 'north-bakery', used: true, needed: false } },
    })
    const { ask } = withCookie(managed, cookieOf(answer))
    expect((await ask('GET', '/session')).body).toEqual(answer.body)
    const { sessions } = (await ask('GET', '/account/sessions')).body
    expect(sessions.find(({ current }: { current: boolean }) => current).method).toBe('provider')
    const acts = await managed.server.database.system.rows<{ record: string }>(
      sql`select record from act where verb = 'session.started' order by seq desc limit 1`,
    )
    expect(acts[0]?.record).toContain('"provider"')
    expect(await verified(managed)).toEqual([])
  })

  test('is known by the ID token alone, where that has the address', async () => {
    provider.lieOnce({ email: company.email, email_verified: true })
    expect((await signIn('somebody else in the user info')).status).toBe(200)
  })

  test('proves to be there by signing in there again, which ends the former session', async () => {
    const { email } = await managed.addMember(company.id, 'administrator')
    const jar = new Map<string, string>()
    const { ask, cookie } = withCookie(managed, cookieOf(await signIn(email, { jar })))
    await confirmedMinutesAgo(managed.server, email, 16)
    expect(codeOfProblem(await ask('POST', '/gateways', { name: 'g' }))).toBe('confirmation-needed')
    const again = await signIn(email, { cookie, jar, more: { again: true } })
    expect(again.status).toBe(200)
    expect((await ask('GET', '/session')).status).toBe(401)
    expect((await withCookie(managed, cookieOf(again)).ask('POST', '/gateways', { name: 'g' })).status).toBe(201)
  })

  test('cannot add what outlives the membership: passkeys, another address', async () => {
    const { ask } = withCookie(managed, cookieOf(await signIn(company.email, { more: { again: true } })))
    expect(codeOfProblem(await ask('POST', '/account/passkey-challenge'))).toBe('own-sign-in-needed')
    const change = { email: 'elsewhere@example.com' }
    expect(codeOfProblem(await ask('POST', '/account/email-changes', change))).toBe('own-sign-in-needed')
  })

  test('is signed out when the provider is turned off, or another one takes its place', async () => {
    for (const changed of [{ enabled: false }, { clientId: 'another' }]) {
      const { ask } = withCookie(managed, cookieOf(await signIn(company.email)))
      expect((await company.ask('PUT', '/sign-in-provider', settings(changed))).status).toBe(200)
      expect((await ask('GET', '/session')).status).toBe(401)
      expect((await company.ask('PUT', '/sign-in-provider', settings())).status).toBe(200)
    }
    expect((await company.ask('GET', '/session')).status).toBe(200)
  })
})

describe('nobody is signed in', () => {
  const refusedWith = async (answer: Promise<Answer>, code: string) => {
    const { status, headers, body } = await answer
    expect([status, String(body?.type).split('#')[1]]).toEqual([code === 'sign-in-over' ? 401 : 403, code])
    expect(headers.getSetCookie().filter((cookie) => cookie.includes('session_token'))).toEqual([])
  }

  test('who is no member of that company, in the same words wherever else the address has an account', async () => {
    const said = async (login: string) => ({ ...(await signIn(login)).body, requestId: '' })
    const stranger = await said('stranger@example.com')
    expect(String(stranger.type)).toContain('#provider-refused')
    expect(await said(other.email)).toEqual(stranger)
    const outsider = 'outsider@example.com'
    await managed.ask('POST', '/accounts', { name: 'Out Sider', email: outsider, password: testPassword })
    expect(await said(outsider)).toEqual(stranger)
    await company.ask('POST', '/invitations', { email: 'invited@example.com' })
    expect(await said('invited@example.com')).toEqual(stranger)
  })

  test('whose address the provider has not verified, or does not say', async () => {
    provider.people.set('unverified', { email: company.email, email_verified: false })
    provider.people.set('undefined', { email: company.email, email_verified: undefined })
    provider.people.set('text', { email: company.email, email_verified: 'true' })
    provider.people.set('nameless', { email: undefined })
    for (const login of ['unverified', 'undefined', 'text', 'nameless']) await refusedWith(signIn(login), 'provider-refused')
  })

  test.each<[string, Record<string, unknown>, 'another key'?]>([
    ['another nonce', { nonce: 'another' }],
    ['no nonce', { nonce: undefined }],
    ['another audience', { aud: 'another client' }],
    ['another issuer', { iss: 'https://login.example.com' }],
    ['a time that is over', { exp: 1_700_000_000 }],
    ['another key', {}, 'another key'],
  ])('by an ID token with %s', async (_, claims, key) => {
    provider.lieOnce(claims, key)
    await refusedWith(signIn(company.email), 'provider-refused')
    expect((await signIn(company.email)).status).toBe(200)
  })

  test('with a state that is forged, of another browser, or used already', async () => {
    const begun = await begin()
    const parameters = await provider.walk(begun.url, company.email)
    const forged = new URLSearchParams(parameters)
    forged.set('state', 'forged')
    await refusedWith(end(forged.toString(), begun.cookie), 'provider-refused')
    // That used the sign-in up.
    await refusedWith(end(parameters, begun.cookie), 'sign-in-over')
    const [one, another] = [await begin(), await begin()]
    await refusedWith(end(await provider.walk(one.url, company.email), another.cookie), 'provider-refused')
    await refusedWith(end(await provider.walk(one.url, company.email), ''), 'sign-in-over')
    const late = await begin()
    const led = await provider.walk(late.url, company.email)
    await managed.server.database.system.rows(sql`update verification set expires_at = now() - interval '1 second'`)
    await refusedWith(end(led, late.cookie), 'sign-in-over')
  })

  test('whom the provider did not let in, and with a code that it did not give', async () => {
    const begun = await begin()
    const { searchParams } = new URL(begun.url)
    const denied = new URLSearchParams({
      error: 'access_denied',
      state: searchParams.get('state') as string,
      iss: provider.issuer,
    })
    await refusedWith(end(denied.toString(), begun.cookie), 'provider-refused')
    const next = await begin()
    const state = new URL(next.url).searchParams.get('state') as string
    const guessed = new URLSearchParams({ code: 'guessed', state, iss: provider.issuer })
    await refusedWith(end(guessed.toString(), next.cookie), 'provider-refused')
  })

  test("by another company's provider, which may say what it likes of its own members alone", async () => {
    const evil = await startProvider(`${managed.server.url}/sign-in/return`)
    try {
      const { issuer, clientId, clientSecret } = evil
      const given = settings({ name: 'south-bakery', issuer, clientId, clientSecret })
      expect((await other.ask('PUT', '/sign-in-provider', given)).status).toBe(200)
      const begun = await begin('south-bakery')
      await refusedWith(end(await evil.walk(begun.url, company.email), begun.cookie), 'provider-refused')
      const own = await begin('south-bakery')
      expect(await end(await evil.walk(own.url, other.email), own.cookie)).toMatchObject({
        status: 200,
        body: { company: { id: other.id } },
      })
      // What the one provider gave is of no use in a sign-in that was begun for the other.
      const [mixed, theirs] = [await begin(), await begin('south-bakery')]
      const state = new URL(mixed.url).searchParams.get('state') as string
      const led = new URLSearchParams(await evil.walk(theirs.url, company.email))
      led.set('state', state)
      await refusedWith(end(led.toString(), mixed.cookie), 'provider-refused')
    } finally {
      await evil.close()
    }
  })

  test('of a suspended company', async () => {
    const begun = await begin()
    const parameters = await provider.walk(begun.url, company.email)
    await managed.vendor('PUT', `/companies/${company.id}/suspension`)
    await refusedWith(end(parameters, begun.cookie), 'provider-refused')
    expect((await managed.ask('POST', '/session/provider-challenge', { name: 'north-bakery' })).status).toBe(404)
    await managed.vendor('DELETE', `/companies/${company.id}/suspension`)
  })
})

test('who was invited joins by the link and the provider together, as a new person without a password', async () => {
  const email = 'newcomer@example.com'
  await company.ask('POST', '/invitations', { email, role: 'editor' })
  const token = await tokenMailedTo(managed.server, email)
  expect((await managed.ask('POST', '/invitations/look-up', { token })).body.singleSignOn).toBe('north-bakery')
  const joining = async (login: string, invitation: string, name = 'north-bakery') => {
    const begun = await begin(name)
    const parameters = await provider.walk(begun.url, login)
    return managed.ask('POST', '/session/provider', { parameters, invitation }, { cookie: begun.cookie })
  }
  expect(codeOfProblem(await joining('somebody.else@example.com', token))).toBe('invited-other-address')
  expect(codeOfProblem(await joining(email, `${token.slice(0, -1)}~`))).toBe('link-not-valid')
  await other.ask('POST', '/invitations', { email: 'theirs@example.com' })
  const theirs = await tokenMailedTo(managed.server, 'theirs@example.com')
  expect(codeOfProblem(await joining('theirs@example.com', theirs))).toBe('provider-refused')
  provider.people.set(email, { name: 'Nia Newcomer' })
  const joined = await joining(email, token)
  expect(joined).toMatchObject({
    status: 200,
    body: { person: { name: 'Nia Newcomer', email }, role: 'editor', company: { id: company.id } },
  })
  expect(codeOfProblem(await joining('another@example.com', token))).toBe('link-not-valid')
  expect((await signIn(email)).status).toBe(200)
  expect((await managed.ask('POST', '/session', { email, password: testPassword })).status).toBe(401)
})

describe('where it is required', () => {
  test('members sign in there, but for the exempt administrator; other sessions manage their own account alone', async () => {
    const viewer = await managed.addMember(company.id, 'viewer')
    const second = await managed.addMember(company.id, 'administrator')
    const { members } = (await company.ask('GET', '/members')).body
    const idOf = (email: string) => members.find((one: { email: string }) => one.email === email).id
    const required = settings({ required: true, exemptMemberId: idOf(company.email) })
    expect((await company.ask('PUT', '/sign-in-provider', required)).body).toMatchObject({ exemptMemberId: idOf(company.email) })
    for (const member of [viewer, second]) {
      expect(codeOfProblem(await member.ask('GET', '/members'))).toBe('single-sign-on-needed')
      expect((await member.ask('GET', '/account')).status).toBe(200)
      const { body } = await managed.ask('POST', '/session', { email: member.email, password: testPassword })
      expect(body.singleSignOn).toEqual({ name: 'north-bakery', used: false, needed: true })
      const { ask } = withCookie(managed, cookieOf(await signIn(member.email)))
      expect((await ask('GET', '/members')).status).toBe(200)
    }
    expect((await company.ask('GET', '/members')).status).toBe(200)
    // Without the one who was exempt, nobody is locked out who could mend it: every administrator may come in.
    await managed.server.database.system.rows(
      sql`update sign_in_provider set exempt_member_id = null where name = 'north-bakery'`,
    )
    expect((await second.ask('GET', '/members')).status).toBe(200)
    expect((await viewer.ask('GET', '/members')).status).toBe(403)
    expect((await company.ask('PUT', '/sign-in-provider', settings({ exemptMemberId: idOf(viewer.email) }))).status).toBe(400)
    expect((await company.ask('PUT', '/sign-in-provider', settings())).status).toBe(200)
  })

  test('two factors too, the provider counts as two where an administrator said so, and never asks for what it cannot give', async () => {
    const one = await company.ask('PATCH', '/sign-in-settings', { requiresTwoFactor: true })
    expect([one.status, codeOfProblem(one)]).toEqual([409, 'provider-one-factor'])
    expect(codeOfProblem(await managed.vendor('PATCH', `/companies/${company.id}`, { requiresTwoFactor: true }))).toBe(
      'provider-one-factor',
    )
    expect((await company.ask('PUT', '/sign-in-provider', settings({ countsAsTwoFactors: true }))).status).toBe(200)
    expect((await company.ask('PATCH', '/sign-in-settings', { requiresTwoFactor: true })).status).toBe(200)
    const { ask } = withCookie(managed, cookieOf(await signIn(company.email, { more: { again: true } })))
    expect((await ask('GET', '/members')).status).toBe(200)
    expect(codeOfProblem(await ask('PUT', '/sign-in-provider', settings()))).toBe('provider-one-factor')
    expect((await ask('PATCH', '/sign-in-settings', { requiresTwoFactor: false })).status).toBe(200)
  })
})

describe('the settings', () => {
  test('are refused where the provider cannot be asked, or is another one than it says', async () => {
    for (const issuer of ['https://127.0.0.2:9/', 'https://[::1]:9/', 'http://localhost:9/', `${provider.issuer}/realms/other`]) {
      const refused = await company.ask('PUT', '/sign-in-provider', settings({ issuer }))
      expect([issuer, refused.status, codeOfProblem(refused)]).toEqual([issuer, 409, 'provider-failed'])
    }
    const taken = await other.ask('PUT', '/sign-in-provider', settings({ name: 'north-bakery' }))
    expect(codeOfProblem(taken)).toBe('provider-name-taken')
  })

  test('never show the secret, and keep it for the provider that it was given for alone', async () => {
    const { clientSecret, ...without } = settings()
    const kept = await company.ask('PUT', '/sign-in-provider', without)
    expect(kept.status).toBe(200)
    expect(JSON.stringify([kept.body, (await company.ask('GET', '/sign-in-provider')).body])).not.toContain(clientSecret)
    expect((await signIn(company.email)).status).toBe(200)
    const elsewhere = { ...without, clientId: 'another' }
    expect((await company.ask('PUT', '/sign-in-provider', elsewhere)).status).toBe(400)
  })

  test('are removed with the sessions that began there, and told to the administrators', async () => {
    const { ask } = withCookie(managed, cookieOf(await signIn(company.email)))
    const { ask: own } = await signedIn(managed, company.email)
    expect((await own('DELETE', '/sign-in-provider')).status).toBe(204)
    expect((await own('DELETE', '/sign-in-provider')).status).toBe(404)
    expect((await ask('GET', '/session')).status).toBe(401)
    expect((await own('GET', '/sign-in-provider')).body.provider).toBeUndefined()
    const mails = await managed.server.database.system.rows<{ message: string }>(sql`
      select message from mail where recipient = ${company.email} and message like 'single-sign-on-%'`)
    expect(new Set(mails.map(({ message }) => message))).toEqual(new Set(['single-sign-on-changed', 'single-sign-on-removed']))
  })
})
