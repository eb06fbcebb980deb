import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withCookie } from '../../../test/support/accounts.ts'
import { cookieOf, type Managed, type Staffed, startManaged, testPassword } from '../../../test/support/management.ts'
import { type ProviderOfTest, startProvider } from '../../../test/support/sign-in-provider.ts'
import { type SignInScene, signInScene } from '../../../test/support/sign-in-scene.ts'

let managed: Managed
let provider: ProviderOfTest
let company: Staffed
let scene: SignInScene
beforeAll(async () => {
  managed = await startManaged({ flags: ['--inside-addresses', '127.0.0.1'] })
  provider = await startProvider(`${managed.server.url}/sign-in/return`)
  scene = signInScene(managed, provider)
  company = await managed.staffed('customer', 'North Bakery')
  expect((await company.ask('PUT', '/sign-in-provider', scene.settings())).status).toBe(200)
})
afterAll(async () => {
  await provider.close()
  await managed.close()
})

const kept = () =>
  managed.server.database.system.rows<{ sealed: Uint8Array }>(sql`select sealed_url as "sealed" from provider_sign_out`)

test('who signed in at the company’s provider is led to sign out there too, and back to the sign-in', async () => {
  const jar = new Map<string, string>()
  const { ask } = withCookie(managed, cookieOf(await scene.signIn(company.email, { jar })))
  const [row] = await kept()
  expect(Buffer.from(row?.sealed ?? []).includes('id_token_hint')).toBe(false)
  const { status, body } = await ask('DELETE', '/session')
  expect([status, body.providerUrl]).toEqual([200, expect.stringContaining(`${provider.issuer}/session/end?`)])
  expect((await ask('GET', '/session')).status).toBe(401)
  expect(await kept()).toEqual([])

  // Their session there goes on until it is ended there: only then somebody is asked who they are.
  const silent = await scene.begin()
  const asked = async (url: string) => {
    const before = provider.asked.length
    await provider.walk(url, company.email, jar)
    return provider.asked.slice(before).some((path) => path.startsWith('/interaction/'))
  }
  expect(await asked(silent.url)).toBe(false)
  expect(await provider.signOut(body.providerUrl, jar)).toBe(`${managed.server.url}/sign-in`)
  expect(await asked((await scene.begin()).url)).toBe(true)
})

test('a session that began otherwise ends here alone; what ends a session takes the way out along', async () => {
  const { ask } = withCookie(managed, cookieOf(await scene.signIn(company.email)))
  expect(await kept()).toHaveLength(1)
  const { body: listed } = await ask('GET', '/account/sessions')
  expect((await company.ask('DELETE', '/account/sessions')).status).toBeLessThan(300)
  expect(listed.sessions.length).toBeGreaterThan(1)
  expect(await kept()).toEqual([])
  const own = cookieOf(await managed.ask('POST', '/session', { email: company.email, password: testPassword }))
  expect((await withCookie(managed, own).ask('DELETE', '/session')).body).toEqual({})
})

test('the vendor turns the single sign-on of a locked-out company off: recorded, told by mail, and its settings kept', async () => {
  const { id, email } = await managed.staffed('customer', 'South Bakery').then(async (other) => {
    const settings = scene.settings({ name: 'south-bakery', required: true })
    expect((await other.ask('PUT', '/sign-in-provider', settings)).status).toBe(200)
    return other
  })
  const viewer = await managed.addMember(id, 'viewer')
  const there = withCookie(managed, cookieOf(await scene.signIn(email, { name: 'south-bakery' })))
  expect((await viewer.ask('GET', '/members')).status).toBe(403)
  expect((await managed.vendor('GET', `/companies/${id}`)).body.singleSignOn).toEqual({
    name: 'south-bakery',
    enabled: true,
    required: true,
  })
  expect((await managed.vendor('DELETE', `/companies/${id}/single-sign-on`)).status).toBe(204)
  expect((await managed.vendor('DELETE', `/companies/${id}/single-sign-on`)).status).toBe(404)
  expect((await there.ask('GET', '/session')).status).toBe(401)
  expect((await viewer.ask('GET', '/members')).status).toBe(200)
  expect((await managed.ask('POST', '/session/provider-challenge', { name: 'south-bakery' })).status).toBe(404)
  expect((await managed.vendor('GET', `/companies/${id}`)).body.singleSignOn).toMatchObject({ enabled: false, required: false })
  const mails = await managed.server.database.system.rows(sql`
    select 1 from mail where recipient = ${email} and message = 'single-sign-on-turned-off'`)
  expect(mails).toHaveLength(1)
  const again = cookieOf(await managed.ask('POST', '/session', { email, password: testPassword }))
  const { ask } = withCookie(managed, again)
  const acts = (await ask('GET', '/activity')).body
  expect(JSON.stringify(acts)).toContain('sign_in_provider.changed')
  expect((await ask('GET', '/sign-in-provider')).body.provider).toMatchObject({
    name: 'south-bakery',
    enabled: false,
    required: true,
  })
})
