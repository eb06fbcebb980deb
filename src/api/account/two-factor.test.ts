import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, signedIn, withCookie, withTwoFactor } from '../../../test/support/accounts.ts'
import { mailsTo } from '../../../test/support/mails.ts'
import {
  type Answer,
  codeOfProblem,
  cookieOf,
  type Managed,
  type Staffed,
  startManaged,
  testPassword,
} from '../../../test/support/management.ts'
import { codeLockout } from '../../auth/accounts/options.ts'

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged({ flags: ['--rate-limit-factor', '1000'] })
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

const begin = (email: string) => managed.ask('POST', '/session', { email, password: testPassword })
const finish = (begun: Answer, code: string) => withCookie(managed, cookieOf(begun)).ask('POST', '/session/code', { code })
const wrongFor = (secret: string) => String((Number(codeOf(secret)) + 500_000) % 1_000_000).padStart(6, '0')

test('once set up, signing in asks for a code, and is not over before', async () => {
  const member = await managed.addMember(customer.id, 'viewer')
  const { secret } = await withTwoFactor(managed, member.ask)

  const begun = await begin(member.email)
  expect([begun.status, codeOfProblem(begun)]).toEqual([401, 'code-needed'])
  expect((await withCookie(managed, cookieOf(begun)).ask('GET', '/session')).status).toBe(401)

  const done = await finish(begun, codeOf(secret))
  expect([done.status, done.body.person.email]).toEqual([200, member.email])
  expect((await withCookie(managed, cookieOf(done)).ask('GET', '/session')).body).toEqual(done.body)
  // The begun sign-in is used up, and what is none goes on with nothing.
  for (const cookie of ['', 'assent.two_factor=%', 'assent.two_factor=x.y']) {
    expect(codeOfProblem(await managed.ask('POST', '/session/code', { code: codeOf(secret) }, { cookie }))).toBe('sign-in-over')
  }
  expect((await finish(begun, codeOf(secret))).status).toBe(401)
})

test('setting up ends the other sessions, keeps this one, and is told by mail', async () => {
  const member = await managed.addMember(customer.id, 'viewer')
  const other = await signedIn(managed, member.email)
  const { ask } = await withTwoFactor(managed, member.ask)
  expect((await ask('GET', '/account')).body).toMatchObject({ twoFactor: true, recoveryCodesLeft: 10 })
  expect((await other.ask('GET', '/session')).status).toBe(401)
  expect((await mailsTo(managed.server, member.email)).map(({ message }) => message)).toEqual(['two-factor-on'])
})

test('it is on only once a code proves it, and never by a wrong password', async () => {
  const member = await managed.addMember(customer.id, 'viewer')
  expect(codeOfProblem(await member.ask('POST', '/account/two-factor', { password: 'not the right one' }))).toBe('password-wrong')
  const { secret } = (await member.ask('POST', '/account/two-factor', { password: testPassword })).body
  expect(codeOfProblem(await member.ask('PUT', '/account/two-factor', { code: wrongFor(secret) }))).toBe('code-refused')
  expect((await begin(member.email)).status).toBe(200)
  expect((await member.ask('PUT', '/account/two-factor', { code: codeOf(secret) })).status).toBe(204)
  expect((await begin(member.email)).status).toBe(401)
})

test('a recovery code signs in once, and new ones void the former', async () => {
  const member = await managed.addMember(customer.id, 'viewer')
  const { recoveryCodes, ask } = await withTwoFactor(managed, member.ask)
  const [first, second] = recoveryCodes as [string, string]
  expect((await finish(await begin(member.email), first)).status).toBe(200)
  expect(codeOfProblem(await finish(await begin(member.email), first))).toBe('code-refused')

  const renewed = await ask('POST', '/account/recovery-codes', { password: testPassword })
  expect([renewed.status, renewed.body.recoveryCodes.length]).toEqual([201, 10])
  expect(codeOfProblem(await finish(await begin(member.email), second))).toBe('code-refused')
  expect((await finish(await begin(member.email), renewed.body.recoveryCodes[3])).status).toBe(200)
  expect((await ask('GET', '/account')).body.recoveryCodesLeft).toBe(9)
})

test('a begun sign-in ends with its fifth wrong code, and the account is locked after ten in a row', async () => {
  const member = await managed.addMember(customer.id, 'viewer')
  const { secret } = await withTwoFactor(managed, member.ask)
  const answers: (string | undefined)[] = []
  for (let round = 0; round < 2; round += 1) {
    const begun = await begin(member.email)
    for (let attempt = 0; attempt < 6; attempt += 1) answers.push(codeOfProblem(await finish(begun, wrongFor(secret))))
  }
  const five = Array.from({ length: 5 }, () => 'code-refused')
  expect(answers).toEqual([...five, 'sign-in-over', ...five, 'too-many-requests'])
  const right = await finish(await begin(member.email), codeOf(secret))
  expect([right.status, right.headers.get('retry-after')]).toEqual([429, String(codeLockout.seconds)])
})

test('turned off with the password, signing in asks for no code, and it is told by mail', async () => {
  const member = await managed.addMember(customer.id, 'viewer')
  const { ask } = await withTwoFactor(managed, member.ask)
  expect(codeOfProblem(await ask('POST', '/account/two-factor/removal', { password: 'not the right one' }))).toBe(
    'password-wrong',
  )
  const off = await ask('POST', '/account/two-factor/removal', { password: testPassword })
  expect(off.status).toBe(204)
  expect((await withCookie(managed, cookieOf(off)).ask('GET', '/account')).body.twoFactor).toBe(false)
  expect((await begin(member.email)).status).toBe(200)
  expect((await mailsTo(managed.server, member.email)).map(({ message }) => message)).toEqual(['two-factor-on', 'two-factor-off'])
})

test('a company that requires it leaves its members nothing to do but to set it up, from their next request on', async () => {
  const { id, ask: administrator, email } = await managed.staffed('customer', 'South Bakery')
  const member = await managed.addMember(id, 'viewer')
  expect((await administrator('GET', '/sign-in-settings')).body).toEqual({ requiresTwoFactor: false, members: 2, without: 2 })
  const set = await administrator('PATCH', '/sign-in-settings', { requiresTwoFactor: true })
  expect([set.status, set.body.requiresTwoFactor]).toEqual([200, true])
  const told = async (address: string) =>
    (await mailsTo(managed.server, address)).filter(({ message }) => message === 'two-factor-required').length
  expect(await Promise.all([told(member.email), told(email)])).toEqual([1, 1])

  expect(codeOfProblem(await member.ask('GET', '/gateways'))).toBe('two-factor-needed')
  expect(codeOfProblem(await administrator('POST', '/gateways', { name: 'x' }))).toBe('two-factor-needed')
  expect((await member.ask('GET', '/session')).body.twoFactorNeeded).toBe(true)
  expect((await managed.ask('POST', '/session', { email, password: testPassword })).body.twoFactorNeeded).toBe(true)

  const { ask } = await withTwoFactor(managed, member.ask)
  expect((await ask('GET', '/gateways')).status).toBe(200)
  expect((await ask('GET', '/session')).body.twoFactorNeeded).toBeUndefined()
  expect(codeOfProblem(await ask('POST', '/account/two-factor/removal', { password: testPassword }))).toBe('two-factor-required')
  expect(codeOfProblem(await administrator('PATCH', '/sign-in-settings', { requiresTwoFactor: false }))).toBe('two-factor-needed')
  expect((await managed.vendor('PATCH', `/companies/${id}`, { requiresTwoFactor: false })).body.requiresTwoFactor).toBe(false)
  expect((await administrator('GET', '/gateways')).status).toBe(200)
  // Asked for again, by the vendor: who has it is not told, and who has not is told once.
  for (const name of ['South', 'North']) await managed.vendor('PATCH', `/companies/${id}`, { name, requiresTwoFactor: true })
  expect(await Promise.all([told(member.email), told(email)])).toEqual([1, 2])
})
