import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo, tokenMailedTo } from '../../../test/support/mailed.ts'
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
  managed = await startManaged()
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

interface Member {
  id: string
  email: string
  role: string
}

const membersOf = async (company: Staffed) => (await company.ask('GET', '/members')).body.members as Member[]
const idOf = async (email: string, company = customer) =>
  (await membersOf(company)).find((one) => one.email === email)?.id as string

test('members are listed to every member, with role and address', async () => {
  const viewer = await managed.addMember(customer.id, 'viewer')
  const members = await membersOf(viewer)
  expect(members.map(({ email, role }) => [email, role]).sort()).toEqual(
    [
      [customer.email, 'administrator'],
      [viewer.email, 'viewer'],
    ].sort(),
  )
})

test('a changed role holds from the next request on, for sessions and access tokens, and the member is told', async () => {
  const member = await managed.addMember(customer.id, 'administrator')
  const { body } = await member.ask('POST', '/access-tokens', { name: 'Program', expiresInDays: 1 })
  const program = managed.asking({ authorization: `Bearer ${body.token}` })
  const path = `/members/${await idOf(member.email)}`
  const add = async () => [
    (await member.ask('POST', '/gateways', { name: 'g' })).status,
    (await program('POST', '/gateways', { name: 'g' })).status,
  ]
  expect(await add()).toEqual([201, 201])
  const changed = await customer.ask('PATCH', path, { role: 'editor' })
  expect([changed.status, changed.body.role]).toEqual([200, 'editor'])
  expect(await add()).toEqual([403, 403])
  expect((await member.ask('PATCH', path, { role: 'administrator' })).status).toBe(403)
  const told = async () => (await mailsTo(managed.server, member.email)).filter(({ subject }) => subject.startsWith('Your role'))
  const [mail, ...more] = await told()
  expect([mail?.subject, more]).toEqual(['Your role at North Bakery has changed', []])
  expect(mail?.words).toContain('Editor')
  expect((await customer.ask('PATCH', path, { role: 'editor' })).status).toBe(200)
  expect(await told()).toHaveLength(1)
})

test('a removed member’s sessions and access tokens are refused at once; the company’s keys go on', async () => {
  // Invited, so that the address is verified: such a person signs in without a company too.
  const email = 'removed@example.com'
  await customer.ask('POST', '/invitations', { email, role: 'administrator' })
  const invitation = await tokenMailedTo(managed.server, email)
  const accepted = await managed.ask('POST', '/invitations/acceptance', { token: invitation, name: 'R', password: testPassword })
  const member = { email, ask: managed.asking({ cookie: cookieOf(accepted), origin: managed.server.url }) }
  const { secret } = (await member.ask('POST', '/keys', { name: 'Ours', kind: 'own' })).body
  const { token } = (await member.ask('POST', '/access-tokens', { name: 'Program', expiresInDays: 1 })).body
  const program = managed.asking({ authorization: `Bearer ${token}` })
  const organizations = async () =>
    (await fetch(`${managed.server.url}/rest/v1/organizations`, { headers: { authorization: `Bearer ${secret}` } })).status
  expect([(await member.ask('GET', '/members')).status, (await program('GET', '/members')).status]).toEqual([200, 200])
  expect(await organizations()).toBe(200)

  expect((await customer.ask('DELETE', `/members/${await idOf(member.email)}`)).status).toBe(204)
  expect([(await member.ask('GET', '/session')).status, (await program('GET', '/members')).status]).toEqual([401, 401])
  expect(await organizations()).toBe(200)
  const sessions = await managed.server.database.system.rows(
    sql`select s.id from session s join person p on p.id = s.person_id where p.email = ${member.email}`,
  )
  expect(sessions).toEqual([])
  const subjects = (await mailsTo(managed.server, member.email)).map(({ subject }) => subject)
  expect(subjects).toContain('You no longer belong to North Bakery')
  const signedIn = await managed.ask('POST', '/session', { email: member.email, password: testPassword })
  expect([signedIn.status, signedIn.body.company]).toEqual([200, undefined])

  const { acts } = (await customer.ask('GET', '/acts?limit=1000')).body as { acts: { verb: string }[] }
  expect(acts.map(({ verb }) => verb)).toEqual(
    expect.arrayContaining(['member.deleted', 'session.ended', 'access_token.deleted']),
  )
})

test('a company that is suspended says no more to its people than to a stranger', async () => {
  const other = await managed.staffed('customer', 'Suspended Bakery')
  await managed.vendor('PUT', `/companies/${other.id}/suspension`)
  expect((await other.ask('GET', '/session')).status).toBe(401)
  const refused = await managed.ask('POST', '/session', { email: other.email, password: testPassword })
  const stranger = await managed.ask('POST', '/session', { email: 'stranger@example.com', password: testPassword })
  expect({ ...refused.body, requestId: '' }).toEqual({ ...stranger.body, requestId: '' })
  expect(refused.status).toBe(401)
})

test('the last administrator can be neither removed nor demoted; with another one there, also by himself', async () => {
  const other = await managed.staffed('customer', 'One Man Bakery')
  const viewer = await managed.addMember(other.id, 'viewer')
  const path = `/members/${await idOf(other.email, other)}`
  for (const refused of [await other.ask('DELETE', path), await other.ask('PATCH', path, { role: 'operator' })]) {
    expect([refused.status, codeOfProblem(refused)]).toEqual([409, 'last-administrator'])
  }
  await other.ask('PATCH', `/members/${await idOf(viewer.email, other)}`, { role: 'administrator' })
  expect((await other.ask('PATCH', path, { role: 'operator' })).status).toBe(200)
  expect((await other.ask('GET', '/members')).status).toBe(200)
  expect((await viewer.ask('DELETE', path)).status).toBe(204)
})

test('two administrators who remove or demote each other at once leave one', async () => {
  for (const [method, body] of [
    ['DELETE', undefined],
    ['PATCH', { role: 'viewer' }],
  ] as const) {
    for (let round = 0; round < 3; round += 1) {
      const one = await managed.staffed('customer', `Pair ${method} ${round}`)
      const other = await managed.addMember(one.id, 'administrator')
      const [ofOne, ofOther] = [await idOf(one.email, one), await idOf(other.email, one)]
      const answers = await Promise.all([
        one.ask(method, `/members/${ofOther}`, body),
        other.ask(method, `/members/${ofOne}`, body),
      ])
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
      const [left] = await managed.server.database.system.rows<{ administrators: number }>(sql`
        select count(*) as "administrators" from member where company_id = ${one.id} and role = 'administrator'`)
      expect(left?.administrators).toBe(1)
    }
  }
})

test('a member of one company that names another’s members and invitations is answered as if they were not there', async () => {
  const other = await managed.staffed('partner', 'Other')
  const member = await managed.addMember(customer.id, 'viewer')
  const { body } = await customer.ask('POST', '/invitations', { email: 'ours@example.com' })
  const token = await tokenMailedTo(managed.server, 'ours@example.com')
  const id = await idOf(member.email)
  const state = () =>
    managed.server.database.system.rows(sql`
      select (select json_agg(m order by m.id)::text from member m) as "members", (select json_agg(i order by i.id)::text from invitation i) as "invitations",
             (select count(*) from act) as "acts", (select count(*) from mail) as "mails"`)
  const before = await state()
  for (const [method, path, sent] of [
    ['PATCH', `/members/${id}`, { role: 'administrator' }],
    ['DELETE', `/members/${id}`, undefined],
    ['POST', `/invitations/${body.id}/link`, undefined],
    ['PUT', `/invitations/${body.id}/approval`, undefined],
    ['DELETE', `/invitations/${body.id}`, undefined],
  ] as const) {
    const refused = await other.ask(method, path, sent)
    const nowhere = await other.ask(method, path.replace(id, 'not-there').replace(body.id, 'not-there'), sent)
    expect([method, path, refused.status]).toEqual([method, path, 404])
    expect({ ...refused.body, requestId: '' }).toEqual({ ...nowhere.body, requestId: '' })
    expect((await member.ask(method, path, sent)).status).toBe(403)
  }
  expect((await other.ask('GET', '/invitations')).body.invitations).toEqual([])
  expect((await membersOf(other)).map(({ email }) => email)).toEqual([other.email])
  expect(await state()).toEqual(before)
  expect((await managed.ask('POST', '/invitations/look-up', { token })).status).toBe(200)
})
