import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedIn, withTwoFactor } from '../../../test/support/accounts.ts'
import { mailsTo } from '../../../test/support/mails.ts'
import { codeOfProblem, type Managed, type Staffed, startManaged, testPassword } from '../../../test/support/management.ts'

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged({ flags: ['--rate-limit-factor', '1000'] })
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

const memberId = async (email: string) => {
  const [row] = await managed.server.database.system.rows<{ id: string }>(sql`
    select m.id from member m join person p on p.id = m.person_id where p.email = ${email}`)
  return row?.id as string
}
const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0' }

test('sessions are listed with browser, address and last use, and each can be ended from another', async () => {
  const { email, ask } = await managed.addMember(customer.id, 'viewer')
  await managed.ask('POST', '/session', { email, password: testPassword }, firefox)
  const { sessions } = (await ask('GET', '/account/sessions')).body
  expect(sessions).toEqual([
    expect.objectContaining({
      ...{ agent: 'Firefox on Linux', browser: 'Firefox', system: 'Linux' },
      ...{ address: '127.0.0.1', method: 'password', current: false },
    }),
    expect.objectContaining({ current: true }),
  ])
  expect((await ask('DELETE', `/account/sessions/${sessions[0].id}`)).status).toBe(204)
  expect((await ask('GET', '/account/sessions')).body.sessions).toHaveLength(1)
  expect((await ask('DELETE', `/account/sessions/${sessions[0].id}`)).status).toBe(404)
  expect((await customer.ask('DELETE', `/account/sessions/${sessions[1].id}`)).status).toBe(404)
  expect((await ask('GET', '/session')).status).toBe(200)
})

test('signing out everywhere ends every session, this one too, and a cookie that was kept opens nothing', async () => {
  const { email, ask } = await managed.addMember(customer.id, 'viewer')
  const other = await signedIn(managed, email)
  const answer = await ask('DELETE', '/account/sessions')
  expect([answer.status, answer.headers.getSetCookie()[0]]).toEqual([204, expect.stringMatching(/session_token=; Max-Age=0/)])
  expect([(await ask('GET', '/session')).status, (await other.ask('GET', '/session')).status]).toEqual([401, 401])
})

test('a sign-in from a new place is told by mail, from a known one and the first one are not', async () => {
  const { email } = await managed.addMember(customer.id, 'viewer')
  const places = async () => (await mailsTo(managed.server, email)).filter(({ message }) => message === 'new-sign-in-place')
  await signedIn(managed, email)
  expect(await places()).toEqual([])
  await managed.ask('POST', '/session', { email, password: testPassword }, firefox)
  await managed.ask('POST', '/session', { email, password: testPassword }, firefox)
  await managed.ask('POST', '/session', { email, password: 'not the right one' }, { 'user-agent': 'Chrome/1 Windows' })
  expect((await places()).map(({ facts }) => facts)).toEqual([
    expect.objectContaining({ agent: { browser: 'Firefox', system: 'Linux' }, address: '127.0.0.1' }),
  ])
})

test('a member who was removed has no session any more', async () => {
  const { email, ask } = await managed.addMember(customer.id, 'viewer')
  expect((await customer.ask('DELETE', `/members/${await memberId(email)}`)).status).toBe(204)
  expect((await ask('GET', '/session')).status).toBe(401)
  expect((await ask('GET', '/account')).status).toBe(401)
})

test('an administrator ends a member’s sessions, and resets two-factor sign-in; the member is told by whom', async () => {
  const { email, ask } = await managed.addMember(customer.id, 'viewer')
  const { ask: own } = await withTwoFactor(managed, ask)
  const id = await memberId(email)
  expect(codeOfProblem(await own('DELETE', `/members/${id}/two-factor`))).toBe('not-allowed')
  expect((await customer.ask('DELETE', `/members/${id}/sessions`)).status).toBe(204)
  expect((await own('GET', '/session')).status).toBe(401)
  expect((await customer.ask('DELETE', `/members/${id}/two-factor`)).status).toBe(204)
  expect(codeOfProblem(await customer.ask('DELETE', `/members/${id}/two-factor`))).toBe('two-factor-off')
  expect((await managed.ask('POST', '/session', { email, password: testPassword })).status).toBe(200)
  const mails = await mailsTo(managed.server, email)
  const by = (await customer.ask('GET', '/session')).body.person.name
  expect(mails.slice(1, 3)).toEqual([
    { message: 'sessions-ended', facts: { by }, link: null },
    { message: 'two-factor-reset', facts: { by }, link: null },
  ])
})

test('of another company’s members an administrator can reset and end nothing', async () => {
  const other = await managed.staffed('customer', 'South Bakery')
  const { ask } = await withTwoFactor(managed, other.ask)
  const id = await memberId(other.email)
  expect((await customer.ask('DELETE', `/members/${id}/two-factor`)).status).toBe(404)
  expect((await customer.ask('DELETE', `/members/${id}/sessions`)).status).toBe(404)
  expect((await ask('GET', '/account')).body.twoFactor).toBe(true)
  expect((await managed.vendor('DELETE', `/members/${id}/two-factor`)).status).toBe(204)
})

test('a person’s name is changed, and no other part of the account by the way', async () => {
  const { email, ask } = await managed.addMember(customer.id, 'viewer')
  expect((await ask('PATCH', '/account', { name: 'New Name' })).status).toBe(204)
  expect((await ask('GET', '/account')).body.person).toMatchObject({ name: 'New Name', email })
  expect((await ask('PATCH', '/account', { name: 'x', email: 'y@example.com' })).status).toBe(400)
})
