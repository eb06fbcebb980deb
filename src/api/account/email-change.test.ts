import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmedMinutesAgo } from '../../../test/support/accounts.ts'
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

const use = (token: string) => managed.ask('POST', '/email-changes', { token })
const signIn = (email: string) => managed.ask('POST', '/session', { email, password: testPassword })

test('an address is changed by the link that was mailed to the new one, once, and the former one is told', async () => {
  const { email, ask } = await managed.addMember(customer.id, 'viewer')
  expect((await ask('POST', '/account/email-changes', { email: 'New.Address@example.com' })).status).toBe(204)
  expect((await signIn('new.address@example.com')).status).toBe(401)
  const token = await tokenMailedTo(managed.server, 'new.address@example.com')
  expect((await use(token)).status).toBe(204)
  expect((await ask('GET', '/session')).body.person.email).toBe('new.address@example.com')
  expect((await signIn('new.address@example.com')).status).toBe(200)
  expect((await signIn(email)).status).toBe(401)
  expect(await mailsTo(managed.server, email)).toEqual([
    { message: 'address-changed', facts: { newAddress: 'new.address@example.com' }, link: null },
  ])
  expect(codeOfProblem(await use(token))).toBe('link-not-valid')
})

test('the newest link alone works, and none after the password was changed', async () => {
  const { ask } = await managed.addMember(customer.id, 'viewer')
  await ask('POST', '/account/email-changes', { email: 'first@example.com' })
  await ask('POST', '/account/email-changes', { email: 'second@example.com' })
  expect(codeOfProblem(await use(await tokenMailedTo(managed.server, 'first@example.com')))).toBe('link-not-valid')
  // What fails uses nothing up.
  const changed = await ask('PUT', '/account/password', { current: testPassword, wanted: 'another long password' })
  expect(changed.status).toBe(204)
  expect(codeOfProblem(await use(await tokenMailedTo(managed.server, 'second@example.com')))).toBe('link-not-valid')
  const own = managed.asking({ cookie: cookieOf(changed), origin: managed.server.url })
  await own('POST', '/account/email-changes', { email: 'third@example.com' })
  expect((await use(await tokenMailedTo(managed.server, 'third@example.com'))).status).toBe(204)
})

test('an address that has an account gets the same answer, and no mail; one that gets an account meanwhile is not taken over', async () => {
  const { ask } = await managed.addMember(customer.id, 'viewer')
  const answer = await ask('POST', '/account/email-changes', { email: customer.email })
  expect([answer.status, answer.body]).toEqual([204, undefined])
  const messages = (await mailsTo(managed.server, customer.email)).map(({ message }) => message)
  expect(messages.filter((message) => message !== 'member-joined')).toEqual([])

  await ask('POST', '/account/email-changes', { email: 'meanwhile@example.com' })
  const token = await tokenMailedTo(managed.server, 'meanwhile@example.com')
  await managed.ask('POST', '/accounts', { name: 'Other', email: 'meanwhile@example.com', password: testPassword })
  expect(codeOfProblem(await use(token))).toBe('link-not-valid')
})

test('it asks for a confirmation, and a link of another kind changes nothing', async () => {
  const { email, ask } = await managed.addMember(customer.id, 'viewer')
  await confirmedMinutesAgo(managed.server, email, 16)
  expect(codeOfProblem(await ask('POST', '/account/email-changes', { email: 'later@example.com' }))).toBe('confirmation-needed')
  await managed.ask('POST', '/accounts', { name: 'Other', email: 'other@example.com', password: testPassword })
  expect(codeOfProblem(await use(await tokenMailedTo(managed.server, 'other@example.com')))).toBe('link-not-valid')
  expect(codeOfProblem(await use('made-up'))).toBe('link-not-valid')
})
