import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, confirmedMinutesAgo, signedIn, withCookie, withTwoFactor } from '../../../test/support/accounts.ts'
import {
  codeOfProblem,
  connect,
  type Managed,
  type Staffed,
  startManaged,
  testPassword,
} from '../../../test/support/management.ts'
import { proofLimits } from '../../auth/sign-in-limits.ts'
import { companyKinds } from '../../domain/company.ts'
import { isForMembers, type MemberAccess, type PersonAccess } from '../../http/management.ts'
import { access } from '../access.ts'
import { managementOperations } from '../management.ts'

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged()
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

test('a sign-in is a confirmation for 15 minutes; then what is dangerous is refused, and nothing of it is done', async () => {
  await confirmedMinutesAgo(managed.server, customer.email, 14)
  expect((await customer.ask('POST', '/gateways', { name: 'Within' })).status).toBe(201)
  await confirmedMinutesAgo(managed.server, customer.email, 16)
  const refused = await customer.ask('POST', '/gateways', { name: 'Too late' })
  expect([refused.status, codeOfProblem(refused)]).toEqual([403, 'confirmation-needed'])
  const { gateways } = (await customer.ask('GET', '/gateways')).body
  expect(gateways.map(({ name }: { name: string }) => name)).toEqual(['Within'])
})

test('the password confirms a session, and a wrong one does not', async () => {
  await confirmedMinutesAgo(managed.server, customer.email, 16)
  const wrong = await customer.ask('PUT', '/session/confirmation', { password: 'not the right one' })
  expect(codeOfProblem(wrong)).toBe('password-wrong')
  expect(codeOfProblem(await customer.ask('POST', '/keys', { name: 'k', kind: 'own' }))).toBe('confirmation-needed')
  expect((await customer.ask('PUT', '/session/confirmation', { password: testPassword })).status).toBe(204)
  expect((await customer.ask('POST', '/keys', { name: 'k', kind: 'own' })).status).toBe(201)
})

test('a code or a recovery code confirms a session, where two-factor sign-in is on', async () => {
  const member = await managed.staffed('customer', 'South Bakery')
  // A code of an app that is only being set up proves nothing, and turns nothing on.
  const { secret: begun } = (await member.ask('POST', '/account/two-factor', { password: testPassword })).body
  expect(codeOfProblem(await member.ask('PUT', '/session/confirmation', { code: codeOf(begun) }))).toBe('code-refused')
  const { secret, recoveryCodes, ask } = await withTwoFactor(managed, member.ask)
  for (const code of [codeOf(secret), recoveryCodes[0]]) {
    await confirmedMinutesAgo(managed.server, member.email, 16)
    expect(codeOfProblem(await ask('POST', '/gateways', { name: 'g' }))).toBe('confirmation-needed')
    expect((await ask('PUT', '/session/confirmation', { code })).status).toBe(204)
    expect((await ask('POST', '/gateways', { name: 'g' })).status).toBe(201)
  }
  expect(codeOfProblem(await ask('PUT', '/session/confirmation', { code: recoveryCodes[0] }))).toBe('code-refused')
})

test('to invite a co-worker as more than a viewer asks for it, to invite a viewer does not', async () => {
  const member = await managed.staffed('customer', 'North West Bakery')
  const invite = (email: string, role?: string) => member.ask('POST', '/invitations', { email, role })
  await confirmedMinutesAgo(managed.server, member.email, 16)
  for (const role of ['administrator', 'operator', 'editor']) {
    expect(codeOfProblem(await invite('more@example.com', role))).toBe('confirmation-needed')
  }
  expect((await invite('viewer@example.com', 'viewer')).status).toBe(201)
  expect((await invite('co-worker@example.com')).status).toBe(201)
  await member.ask('PUT', '/session/confirmation', { password: testPassword })
  expect((await invite('more@example.com', 'administrator')).status).toBe(201)
})

test('a confirmation is of one session: another one of the same person stays as it was', async () => {
  const member = await managed.staffed('customer', 'West Bakery')
  const other = await signedIn(managed, member.email)
  await confirmedMinutesAgo(managed.server, member.email, 16)
  await member.ask('PUT', '/session/confirmation', { password: testPassword })
  expect((await member.ask('POST', '/gateways', { name: 'g' })).status).toBe(201)
  expect(codeOfProblem(await other.ask('POST', '/gateways', { name: 'g' }))).toBe('confirmation-needed')
})

test('whoever guesses is refused for a while, with the right password too', async () => {
  const member = await managed.staffed('customer', 'East Bakery')
  for (let attempt = 0; attempt < proofLimits.perEmail; attempt += 1) {
    await member.ask('PUT', '/session/confirmation', { password: `guess number ${attempt}` })
  }
  const refused = await member.ask('PUT', '/session/confirmation', { password: testPassword })
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
})

test('programs are not asked, and withdrawing is never made harder than having given', async () => {
  const partner = await managed.staffed('partner', 'A Partner')
  const partnership = await connect(managed, customer, partner)
  await customer.ask('PUT', '/session/confirmation', { password: testPassword })
  expect((await customer.ask('PUT', `/partnerships/${partnership}/consent`, {})).status).toBe(200)
  const { token } = (await customer.ask('POST', '/access-tokens', { name: 't', role: 'administrator', expiresInDays: 1 })).body

  await confirmedMinutesAgo(managed.server, customer.email, 16)
  expect(codeOfProblem(await customer.ask('PUT', `/partnerships/${partnership}/consent`, {}))).toBe('confirmation-needed')
  expect((await customer.ask('DELETE', `/partnerships/${partnership}/consent`)).status).toBe(204)
  const program = managed.asking({ authorization: `Bearer ${token}` })
  expect((await program('PUT', `/partnerships/${partnership}/consent`, {})).status).toBe(200)
})

test('every operation that is marked asks for it, before it looks at what is asked', async () => {
  const { body } = await managed.vendor('GET', '/companies')
  const vendor = await managed.addMember(
    body.companies.find(({ kind }: { kind: string }) => kind === 'vendor').id,
    'administrator',
  )
  const callers = { vendor, partner: await managed.staffed('partner', 'P'), customer: await managed.staffed('customer', 'C') }
  const marked = managementOperations.filter(({ access: who }) => typeof who !== 'string' && who.confirmed)
  // What issue and design name: keys, gateways, members, consent, and what gives a way in.
  expect(marked.map(({ operationId }) => operationId)).toEqual(
    expect.arrayContaining([
      ...[
        'createKey',
        'updateKey',
        'rotateKey',
        'deleteKey',
        'createGateway',
        'removeGateway',
        'changeMemberRole',
        'removeMember',
      ],
      ...[
        'giveConsent',
        'resendInvitation',
        'approveInvitation',
        'createAccessToken',
        'createWebhook',
        'closeCompany',
        'exportCompany',
      ],
    ]),
  )
  for (const { email } of Object.values(callers)) await confirmedMinutesAgo(managed.server, email, 16)
  for (const { operationId, method, path } of marked) {
    const marks: PersonAccess | MemberAccess = access[operationId as keyof typeof access] as MemberAccess
    const kinds = isForMembers(marks) ? marks.kinds : companyKinds
    for (const kind of kinds.filter((one) => one !== 'demo')) {
      const { ask } = callers[kind as keyof typeof callers]
      const answer = await ask(method, path.replaceAll(/\{\w+\}/g, 'x'), method === 'GET' || method === 'DELETE' ? undefined : {})
      expect([operationId, kind, codeOfProblem(answer)]).toEqual([operationId, kind, 'confirmation-needed'])
    }
  }
})

test('a confirmation is in the record of acts', async () => {
  const verbs = await managed.server.database.system.rows<{ verb: string }>(
    sql`select verb from act where verb = 'session.confirmed'`,
  )
  expect(verbs.length).toBeGreaterThan(0)
})

test('a session that is gone cannot be confirmed', async () => {
  const { ask, cookie } = await signedIn(managed, customer.email)
  await ask('DELETE', '/session')
  expect((await withCookie(managed, cookie).ask('PUT', '/session/confirmation', { password: testPassword })).status).toBe(401)
})
