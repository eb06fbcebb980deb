import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tokenMailedTo } from '../../../test/support/mailed.ts'
import { mailsTo } from '../../../test/support/mails.ts'
import { codeOfProblem, type Managed, type Staffed, startManaged, testPassword } from '../../../test/support/management.ts'

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged({ flags: ['--rate-limit-factor', '1000'] })
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

const register = (email: string, password = testPassword) => managed.ask('POST', '/accounts', { name: 'Noor', email, password })
const verify = (token: string, password = testPassword) => managed.ask('POST', '/accounts/verification', { token, password })
const signIn = (email: string, password = testPassword) => managed.ask('POST', '/session', { email, password })
const messagesTo = async (email: string) => (await mailsTo(managed.server, email)).map(({ message }) => message)

/** A person becomes a member, as an invitation would have it. */
const join = (email: string) =>
  managed.server.database.system.rows(sql`
    insert into member (company_id, person_id, role) select ${customer.id}, id, 'viewer' from person where email = ${email}`)

test('whoever registers, proves the address by the link and the password, and can then sign in', async () => {
  const email = 'noor@example.com'
  const registered = await register('Noor@Example.com')
  expect([registered.status, registered.headers.getSetCookie()]).toEqual([204, []])
  expect(await messagesTo(email)).toEqual(['verify-address'])
  const token = await tokenMailedTo(managed.server, email)
  expect((await verify(token)).status).toBe(204)
  expect(codeOfProblem(await verify(token))).toBe('link-not-valid')
  await join(email)
  expect((await signIn(email)).body.person).toMatchObject({ name: 'Noor', email })
})

test('nobody signs in before the address is proved, and the link is mailed again', async () => {
  const email = 'early@example.com'
  await register(email)
  const early = await signIn(email)
  const nobody = await signIn('nobody@example.com')
  expect({ ...early.body, requestId: '' }).toEqual({ ...nobody.body, requestId: '' })
  expect(early.headers.getSetCookie()).toEqual([])
  expect(await messagesTo(email)).toEqual(['verify-address', 'verify-address'])
  expect((await verify(await tokenMailedTo(managed.server, email))).status).toBe(204)
})

test('an address with an account gets the same answer, and its owner is told by mail', async () => {
  const known = await register(customer.email, 'another long password')
  const unknown = await register('unknown@example.com', 'another long password')
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
  expect(await messagesTo(customer.email)).toEqual(['account-exists'])
  expect((await signIn(customer.email, 'another long password')).status).toBe(401)
  expect((await signIn(customer.email)).status).toBe(200)
})

test('who registers a stranger’s address gains nothing when the stranger opens the link', async () => {
  const email = 'victim@example.com'
  await register(email, 'password of the thief')
  const token = await tokenMailedTo(managed.server, email)
  expect(codeOfProblem(await verify(token, 'password of the victim'))).toBe('sign-in-failed')
  await join(email)
  const proved = await managed.server.database.system.rows(sql`select 1 from person where email = ${email} and email_verified`)
  expect(proved).toEqual([])
})

test('registering anew before the address is proved voids the earlier password and the earlier link', async () => {
  const email = 'twice@example.com'
  await register(email, 'the first password')
  const first = await tokenMailedTo(managed.server, email)
  await register(email, 'the second password')
  expect(codeOfProblem(await verify(first, 'the first password'))).toBe('link-not-valid')
  expect(codeOfProblem(await verify(first, 'the second password'))).toBe('link-not-valid')
  expect((await verify(await tokenMailedTo(managed.server, email), 'the second password')).status).toBe(204)
})

test('a link that was changed, made up or is for something else proves nothing', async () => {
  const email = 'forged@example.com'
  await register(email)
  const token = await tokenMailedTo(managed.server, email)
  const [head = '', claims = '', signature = ''] = token.split('.')
  const body = Buffer.from(JSON.stringify({ email, userId: 'x', exp: 4_000_000_000 })).toString('base64url')
  for (const forged of [
    `${head}.${body}.${signature}`,
    'x.y.z',
    'x',
    `${token}x`,
    // Its first character: of the last one, two bits say nothing.
    `${head}.${claims}.${signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`,
  ]) {
    expect(codeOfProblem(await verify(forged))).toBe('link-not-valid')
  }
  await customer.ask('POST', '/account/email-changes', { email: 'newer@example.com' })
  expect(codeOfProblem(await verify(await tokenMailedTo(managed.server, 'newer@example.com')))).toBe('link-not-valid')
})

test('the act, the person and the mail are one: what fails leaves nothing', async () => {
  const email = 'whole@example.com'
  await managed.server.database.system.rows(sql`alter table mail add constraint planted check (recipient <> 'whole@example.com')`)
  expect((await register(email)).status).toBe(500)
  expect(await managed.server.database.system.rows(sql`select 1 from person where email = ${email}`)).toEqual([])
  await managed.server.database.system.rows(sql`alter table mail drop constraint planted`)
  expect((await register(email)).status).toBe(204)
  const acts = await managed.server.database.system.rows(sql`
    select 1 from act a join person p on a.record::jsonb -> 'subject' ->> 'id' = p.id where p.email = ${email} and a.verb = 'person.created'`)
  expect(acts).toHaveLength(1)
})

test('a short password is refused in words', async () => {
  expect((await register('short@example.com', 'short')).body.errors[0].message).toBe('must have 12 characters or more')
})
