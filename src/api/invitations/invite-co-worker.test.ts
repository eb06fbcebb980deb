import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo } from '../../../test/support/mailed.ts'
import { type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { invitationsADayMax, linksPerInvitationMax } from './daily-limits.ts'

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged({ flags: ['--portal-name', 'Atlas'] })
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

const again = 'This co-worker has already been invited to the Atlas portal. Please invite another co-worker.'
const invite = (email: string, more: object = {}, by = customer) => by.ask('POST', '/invitations', { email, ...more })
const settings = (body: object) => managed.vendor('PATCH', '/installation', body)
const daysUntil = (moment: string) => (new Date(moment).getTime() - Date.now()) / (24 * 60 * 60 * 1000)

test('an address is invited as a viewer, told by whom, to which company and until when, with a link that no answer shows', async () => {
  const made = await invite('  Wanda@Example.com ')
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ email: 'wanda@example.com', role: 'viewer', state: 'pending', invitedBy: expect.any(String) })
  expect(daysUntil(made.body.expiresAt)).toBeCloseTo(7, 1)
  const [mail, ...others] = await mailsTo(managed.server, 'wanda@example.com')
  expect(others).toEqual([])
  expect(mail?.subject).toBe('Join North Bakery on Atlas')
  expect(mail?.words).toContain(`${made.body.invitedBy} invites you to join North Bakery on Atlas.`)
  expect(mail?.words).toMatch(/Good until \d+ \w+ \d{4} at \d\d:\d\d UTC/)
  expect(mail?.link).toMatch(new RegExp(`^${managed.server.url}/join#in_\\w{51}$`))
  const secret = String(mail?.link).slice(-39)
  const stored = await managed.server.database.system.rows(
    sql`select i::text as "text" from invitation i union all select m::text from mail m union all select record from act`,
  )
  expect(JSON.stringify([made.body, stored])).not.toContain(secret)
})

test('an empty and a malformed address are refused in the exact words', async () => {
  const sentences = {
    '': 'Please enter email address',
    '   ': 'Please enter email address',
    somebody: 'You have entered an invalid email address. Please re-enter the email address.',
    'a@b': 'You have entered an invalid email address. Please re-enter the email address.',
    [`${'a'.repeat(250)}@example.com`]: 'You have entered an invalid email address. Please re-enter the email address.',
  }
  for (const [email, detail] of Object.entries(sentences)) {
    const refused = await invite(email)
    expect([refused.status, refused.body.detail]).toEqual([400, detail])
  }
})

test('while an invitation is pending, and when its person is a member, the exact words say so', async () => {
  const colleague = await managed.addMember(customer.id, 'editor')
  await invite('twice@example.com')
  for (const [email, by] of [
    ['twice@example.com', customer],
    ['TWICE@example.com', colleague],
    [colleague.email, customer],
    [customer.email, customer],
  ] as const) {
    const refused = await invite(email, {}, by)
    expect([refused.status, refused.body.type, refused.body.detail]).toEqual([
      409,
      `${managed.server.url}/docs/errors#already-invited`,
      again,
    ])
  }
  expect(await mailsTo(managed.server, 'twice@example.com')).toHaveLength(1)
})

test('of many who invite one address at once, one does', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => invite('at.once@example.com')))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409])
  expect(await mailsTo(managed.server, 'at.once@example.com')).toHaveLength(1)
})

test('an address of another company and an address of nobody get one and the same answer, and a mail each', async () => {
  const elsewhere = await managed.staffed('partner', 'Elsewhere')
  const answers = [await invite(elsewhere.email), await invite('nobody.at.all@example.com')]
  const plain = answers.map(({ status, body }) => [status, { ...body, id: '', email: '', createdAt: '', expiresAt: '' }])
  expect(plain[0]).toEqual(plain[1])
  expect(await mailsTo(managed.server, elsewhere.email)).toHaveLength(1)
  expect((await invite('nobody.at.all@example.com', {}, elsewhere)).status).toBe(201)
})

test('after revocation and after expiry an address may be invited again', async () => {
  const { body } = await invite('again@example.com')
  expect((await customer.ask('DELETE', `/invitations/${body.id}`)).status).toBe(204)
  const second = await invite('again@example.com')
  expect(second.status).toBe(201)
  expect((await invite('again@example.com')).status).toBe(409)
  await managed.server.database.system.rows(sql`update invitation set expires_at = now() where id = ${second.body.id}`)
  expect((await invite('again@example.com')).status).toBe(201)
  const { invitations } = (await customer.ask('GET', '/invitations')).body
  expect(invitations.filter((one: { email: string }) => one.email === 'again@example.com')).toHaveLength(1)
})

test('every role invites; only an administrator chooses as what', async () => {
  for (const role of ['viewer', 'editor', 'operator']) {
    const member = await managed.addMember(customer.id, role)
    expect((await invite(`by.${role}@example.com`, {}, member)).body.role).toBe('viewer')
    expect((await invite(`as.${role}@example.com`, { role: 'viewer' }, member)).status).toBe(403)
  }
  expect((await invite('chosen@example.com', { role: 'operator' })).body.role).toBe('operator')
})

test('where the vendor requires approval, nothing is mailed before an administrator approves; his own need none', async () => {
  const viewer = await managed.addMember(customer.id, 'viewer')
  await settings({ invitationApproval: true, invitationDays: 3 })
  try {
    expect((await invite('of.administrator@example.com')).body.state).toBe('pending')
    const waiting = await invite('waits@example.com', {}, viewer)
    expect([waiting.status, waiting.body.state]).toEqual([201, 'approval awaited'])
    expect(await mailsTo(managed.server, 'waits@example.com')).toEqual([])
    const told = (await mailsTo(managed.server, customer.email)).at(-1)
    expect([told?.message, told?.link]).toEqual(['invitation-approval', null])
    expect(told?.words).toContain('waits@example.com')
    expect((await invite('waits@example.com')).body.detail).toBe(again)

    const path = `/invitations/${waiting.body.id}`
    expect((await viewer.ask('PUT', `${path}/approval`)).status).toBe(403)
    expect((await customer.ask('POST', `${path}/link`)).status).toBe(404)
    const approved = await customer.ask('PUT', `${path}/approval`)
    expect([approved.status, approved.body.state]).toEqual([200, 'pending'])
    expect(daysUntil(approved.body.expiresAt)).toBeCloseTo(3, 1)
    expect((await mailsTo(managed.server, 'waits@example.com')).map(({ link }) => link === null)).toEqual([false])
    expect((await customer.ask('PUT', `${path}/approval`)).status).toBe(404)

    const forgotten = (await invite('forgotten@example.com', {}, viewer)).body
    await managed.server.database.system.rows(sql`update invitation set expires_at = now() where id = ${forgotten.id}`)
    expect((await customer.ask('POST', `/invitations/${forgotten.id}/link`)).body.state).toBe('pending')
    expect(await mailsTo(managed.server, 'forgotten@example.com')).toHaveLength(1)
  } finally {
    await settings({ invitationApproval: false, invitationDays: 7 })
  }
})

test('a member invites so many a day, and no more', async () => {
  const busy = await managed.staffed('customer', 'Busy Bakery')
  const other = await managed.addMember(busy.id, 'viewer')
  for (let nth = 1; nth <= invitationsADayMax.member; nth += 1) {
    expect((await invite(`co.worker${nth}@example.com`, {}, busy)).status).toBe(201)
  }
  const refused = await invite('one.more@example.com', {}, busy)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await mailsTo(managed.server, 'one.more@example.com')).toEqual([])
  expect((await invite('one.more@example.com', {}, other)).status).toBe(201)
})

test('an invitation is sent so many times, and no more', async () => {
  const { body } = await invite('often@example.com')
  for (let nth = 2; nth <= linksPerInvitationMax; nth += 1) {
    expect((await customer.ask('POST', `/invitations/${body.id}/link`)).status).toBe(200)
  }
  expect((await customer.ask('POST', `/invitations/${body.id}/link`)).status).toBe(429)
  expect(await mailsTo(managed.server, 'often@example.com')).toHaveLength(linksPerInvitationMax)
})
