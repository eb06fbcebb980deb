import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo, tokenMailedTo } from '../../../test/support/mailed.ts'
import {
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
let partner: Staffed
beforeAll(async () => {
  managed = await startManaged()
  customer = await managed.staffed('customer', 'North Bakery')
  partner = await managed.staffed('partner', 'Watchful')
})
afterAll(() => managed.close())

async function invite(email: string, by = customer, more: object = {}): Promise<{ id: string; token: string }> {
  const { status, body } = await by.ask('POST', '/invitations', { email, ...more })
  expect(status).toBe(201)
  return { id: body.id, token: await tokenMailedTo(managed.server, email) }
}

const accept = (token: string, more: object = {}) =>
  managed.ask('POST', '/invitations/acceptance', { token, name: 'Wanda', password: testPassword, ...more })
const lookUp = (token: string) => managed.ask('POST', '/invitations/look-up', { token })

/** Signs in as who has this address. */
async function signedIn(email: string): Promise<Ask> {
  const session = await managed.ask('POST', '/session', { email, password: testPassword })
  expect(session.status).toBe(200)
  return managed.asking({ cookie: cookieOf(session), origin: managed.server.url })
}

/** Somebody with an account, whose address is verified, and without a company: was a member, and was removed. */
async function outsider(email: string): Promise<Ask> {
  const { token } = await invite(email)
  await accept(token)
  const { members } = (await customer.ask('GET', '/members')).body
  const { id } = members.find((one: { email: string }) => one.email === email)
  expect((await customer.ask('DELETE', `/members/${id}`)).status).toBe(204)
  return signedIn(email)
}

const state = async () =>
  managed.server.database.system.rows(sql`
    select (select json_agg(m order by m.id)::text from member m) as "members", (select json_agg(p order by p.id)::text from person p) as "people",
           (select count(*) from act) as "acts"`)

test('the invited person registers under the invited address, belongs to the company and is signed in', async () => {
  const { token } = await invite('wanda@example.com', customer, { role: 'operator' })
  expect((await lookUp(token)).body).toMatchObject({
    email: 'wanda@example.com',
    company: { name: 'North Bakery', kind: 'customer' },
    role: 'operator',
  })
  const accepted = await accept(token)
  expect(accepted.status).toBe(201)
  expect(accepted.body).toMatchObject({
    person: { name: 'Wanda', email: 'wanda@example.com' },
    company: { id: customer.id, kind: 'customer' },
    role: 'operator',
  })
  const own = managed.asking({ cookie: cookieOf(accepted), origin: managed.server.url })
  expect((await own('GET', '/session')).body).toEqual(accepted.body)
  await signedIn('wanda@example.com')
  const [person] = await managed.server.database.system.rows<{ verified: boolean }>(
    sql`select email_verified as "verified" from person where email = 'wanda@example.com'`,
  )
  expect(person?.verified).toBe(true)
  expect((await customer.ask('GET', '/invitations')).body.invitations).toEqual([])
})

test('inviter and administrators are told who joined, once each, and whoever has left is not', async () => {
  const inviter = await managed.addMember(customer.id, 'viewer')
  const { token } = await invite('joins@example.com', inviter)
  await accept(token, { name: 'Jo' })
  for (const email of [inviter.email, customer.email]) {
    const told = (await mailsTo(managed.server, email)).filter(({ subject }) => subject === 'Jo has joined North Bakery')
    expect([email, told.length]).toEqual([email, 1])
  }
  expect((await mailsTo(managed.server, 'joins@example.com')).map(({ message }) => message)).toEqual(['invitation'])

  const leaver = await managed.addMember(customer.id, 'viewer')
  const later = await invite('later@example.com', leaver)
  const { members } = (await customer.ask('GET', '/members')).body
  await customer.ask('DELETE', `/members/${members.find((one: { email: string }) => one.email === leaver.email).id}`)
  await accept(later.token)
  expect((await mailsTo(managed.server, leaver.email)).map(({ message }) => message)).toEqual(['member-removed'])
})

test('a link works once, also when it is used many times at once', async () => {
  const { token } = await invite('once@example.com')
  const answers = await Promise.all(Array.from({ length: 4 }, () => accept(token)))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 404, 404, 404])
  const again = await accept(token, { name: 'Thief' })
  expect([again.status, again.body.detail]).toEqual([404, expect.stringContaining('was accepted already')])
  expect((await lookUp(token)).body.detail).toBe(again.body.detail)
})

test('a link is refused after revocation, after expiry and once a newer one was sent; and nothing comes of it', async () => {
  const revoked = await invite('revoked@example.com')
  await customer.ask('DELETE', `/invitations/${revoked.id}`)
  const expired = await invite('expired@example.com')
  await managed.server.database.system.rows(sql`update invitation set expires_at = now() where id = ${expired.id}`)
  const old = await invite('resent@example.com')
  expect((await customer.ask('POST', `/invitations/${old.id}/link`)).status).toBe(200)
  const mistyped = old.token.slice(0, -1) + (old.token.endsWith('x') ? 'y' : 'x')
  const before = await state()
  for (const [token, words] of [
    [revoked.token, 'was withdrawn'],
    [expired.token, 'has expired'],
    [old.token, 'The link was used, has expired, or was not copied whole'],
    [mistyped, 'not copied whole'],
    ['', 'not copied whole'],
  ] as const) {
    for (const refused of [await lookUp(token), await accept(token)]) {
      expect([refused.status, refused.body.detail]).toEqual([404, expect.stringContaining(words)])
    }
  }
  expect(await state()).toEqual(before)

  const resent = await tokenMailedTo(managed.server, 'resent@example.com')
  expect(resent).not.toBe(old.token)
  expect((await accept(resent)).status).toBe(201)
})

test('sent again or revoked while it is accepted, either comes first, and neither waits for the other', async () => {
  for (let round = 0; round < 6; round += 1) {
    const { id, token } = await invite(`race${round}@example.com`)
    const [accepted, resent, revoked] = await Promise.all([
      accept(token),
      customer.ask('POST', `/invitations/${id}/link`),
      customer.ask('DELETE', `/invitations/${id}`),
    ])
    expect([201, 404]).toContain(accepted.status)
    expect([200, 404]).toContain(resent.status)
    expect(revoked.status).toBe(accepted.status === 201 ? 404 : 204)
  }
})

test('another site cannot make a browser accept or join', async () => {
  const { token } = await invite('cross.site@example.com')
  const headers = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
  const refused = [
    await managed.ask('POST', '/invitations/acceptance', { token, name: 'Wanda', password: testPassword }, headers),
    await customer.ask('POST', '/membership', { token }, headers),
    await customer.ask('POST', '/invitations', { email: 'forged@example.com' }, headers),
  ]
  expect(refused.map(({ status, body }) => [status, String(body.type).split('#')[1]])).toEqual(
    refused.map(() => [403, 'cross-site']),
  )
  expect((await lookUp(token)).status).toBe(200)
})

test('an expired invitation that is sent again is good again', async () => {
  const { id } = await invite('late@example.com')
  await managed.server.database.system.rows(sql`update invitation set expires_at = now() where id = ${id}`)
  const { invitations } = (await customer.ask('GET', '/invitations')).body
  expect(invitations.find((one: { id: string }) => one.id === id).state).toBe('expired')
  await customer.ask('POST', `/invitations/${id}/link`)
  expect((await accept(await tokenMailedTo(managed.server, 'late@example.com'))).status).toBe(201)
})

test('a link to a suspended company is refused until it is resumed', async () => {
  const other = await managed.staffed('customer', 'South Bakery')
  const { token } = await invite('south@example.com', other)
  await managed.vendor('PUT', `/companies/${other.id}/suspension`)
  expect([(await lookUp(token)).status, (await accept(token)).status]).toEqual([404, 404])
  await managed.vendor('DELETE', `/companies/${other.id}/suspension`)
  expect((await accept(token)).status).toBe(201)
})

test('a link cannot be used under another address, nor with a short password, and keeps good', async () => {
  const { token } = await invite('fixed@example.com')
  expect((await accept(token, { email: 'other@example.com' })).status).toBe(400)
  expect((await accept(token, { password: 'short' })).status).toBe(400)
  expect((await accept(token, { name: ' ' })).status).toBe(400)
  expect((await accept(token)).body.person.email).toBe('fixed@example.com')
})

test('whoever has an account and no company signs in, is told so, and joins by the link', async () => {
  const own = await outsider('outside@example.com')
  expect((await own('GET', '/session')).body).toEqual({
    person: { id: expect.any(String), name: 'Wanda', email: 'outside@example.com' },
    portalName: 'Exchange',
  })
  for (const path of ['/members', '/invitations', '/keys', '/acts']) expect((await own('GET', path)).status).toBe(401)

  const { token } = await invite('outside@example.com', partner)
  const taken = await accept(token)
  expect([taken.status, taken.body.detail]).toEqual([409, expect.stringContaining('Sign in with it')])
  const joined = await own('POST', '/membership', { token })
  expect(joined.status).toBe(201)
  expect(joined.body).toMatchObject({ company: { id: partner.id, kind: 'partner' }, role: 'viewer' })
  expect((await own('GET', '/members')).status).toBe(200)
  expect((await own('POST', '/membership', { token })).status).toBe(404)
  const told = (await mailsTo(managed.server, partner.email)).at(-1)
  expect(told?.subject).toBe('Wanda has joined Watchful')
  expect((await own('DELETE', '/session')).status).toBe(200)
  expect((await own('GET', '/session')).status).toBe(401)
})

test('signed in as somebody else, with an unverified address or as of another company, one is told so and does not join', async () => {
  const { token } = await invite('right@example.com', partner)
  const wrong = await outsider('wrong@example.com')
  const unverified = await outsider('unverified@example.com')
  await managed.server.database.system.rows(sql`update person set email_verified = false where email = 'unverified@example.com'`)
  const toUnverified = await invite('unverified@example.com', partner)
  const toMember = await invite(customer.email, partner)
  const before = await state()
  for (const [ask, link, code] of [
    [wrong, token, 'invited-other-address'],
    [customer.ask, token, 'invited-other-address'],
    [unverified, toUnverified.token, 'email-not-verified'],
    [customer.ask, toMember.token, 'in-a-company'],
  ] as const) {
    const refused = await ask('POST', '/membership', { token: link })
    expect([refused.status, codeOfProblem(refused)]).toEqual([409, code])
  }
  expect(await state()).toEqual(before)
  expect((await managed.ask('POST', '/membership', { token })).status).toBe(401)
  expect((await managed.vendor('POST', '/membership', { token })).status).toBe(401)
  expect((await accept(token)).status).toBe(201)
})

test('all of it is in the record of acts, for the company that it concerns, with no secret', async () => {
  const other = await managed.staffed('customer', 'Recorded Bakery')
  const { id } = await invite('recorded@example.com', other)
  await other.ask('POST', `/invitations/${id}/link`)
  const token = await tokenMailedTo(managed.server, 'recorded@example.com')
  await accept(token)
  const revoked = await invite('never@example.com', other)
  await other.ask('DELETE', `/invitations/${revoked.id}`)
  const { acts } = (await other.ask('GET', '/acts')).body as { acts: { verb: string; record: string }[] }
  const verbs = acts.map(({ verb }) => verb)
  const wanted = ['invitation.created', 'invitation.resent', 'invitation.accepted', 'member.created', 'invitation.revoked']
  expect(verbs.filter((verb) => /^invitation|^member/.test(verb) && verb !== 'member.created').sort()).toEqual(
    [...wanted.filter((verb) => verb !== 'member.created'), 'invitation.created'].sort(),
  )
  expect(verbs).toContain('member.created')
  const records = JSON.stringify(acts.map(({ record }) => record))
  for (const secret of ['recorded@example.com', token.slice(-39)]) expect(records).not.toContain(secret)
})
