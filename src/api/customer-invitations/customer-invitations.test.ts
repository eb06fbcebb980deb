import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { withTwoFactor } from '../../../test/support/accounts.ts'
import { linkMailedTo, mailsTo, tokenMailedTo } from '../../../test/support/mailed.ts'
import {
  type Answer,
  codeOfProblem,
  cookieOf,
  type Managed,
  type Staffed,
  startManaged,
  testPassword,
} from '../../../test/support/management.ts'
import { systemClock } from '../../clock.ts'

let managed: Managed
let partner: Staffed
let email: string
/** How far the server's clock is ahead of the database's. */
let aheadMs = 0
let invited = 0
const dayMs = 24 * 3600 * 1000

beforeAll(async () => {
  managed = await startManaged({
    clock: { ...systemClock, now: () => new Date(systemClock.now().getTime() + aheadMs) },
    flags: ['--portal-name', 'Atlas'],
  })
})
beforeEach(async () => {
  aheadMs = 0
  invited += 1
  email = `office${invited}@north.example`
  partner = await managed.staffed('partner', `Acme ${invited}`)
})
afterAll(() => managed.close())

const invite = (more: object = {}, by = partner) =>
  by.ask('POST', '/customer-invitations', { organizationName: 'North Bakery', email, ...more })
const lookUp = (token: string) => managed.ask('POST', '/customer-invitations/look-up', { token })
const accept = (token: string, more: object = {}, ask = managed.ask) =>
  ask('POST', '/customer-invitations/acceptance', { token, person: { name: 'Nora North', password: testPassword }, ...more })
const token = () => tokenMailedTo(managed.server, email)
const signedIn = (answer: Answer) => managed.asking({ cookie: cookieOf(answer), origin: managed.server.url })
const invitations = async () => (await partner.ask('GET', '/customer-invitations')).body.invitations
const daysUntil = (at: string) => (Date.parse(at) - Date.now()) / dayMs

test('an organization gets a link by mail, good for 30 days, that names the partner and how to reach it', async () => {
  await managed.vendor('PATCH', `/companies/${partner.id}`, { contactEmail: 'help@acme.example', contactPhone: '+1 555 0100' })
  const made = await invite({ address: '1 Mill Lane', email: email.toUpperCase() })
  expect([made.status, made.body]).toMatchObject([201, { organizationName: 'North Bakery', email, state: 'pending' }])
  expect(made.body.invitedBy).toMatch(/^Person/)
  expect(daysUntil(made.body.expiresAt)).toBeCloseTo(30, 2)
  expect(await invitations()).toEqual([made.body])

  const [mail] = await mailsTo(managed.server, email)
  expect(mail?.subject).toBe(`Acme ${invited} invites North Bakery to Atlas`)
  for (const told of ['help@acme.example', '+1 555 0100']) expect(mail?.words).toContain(told)
  expect(await linkMailedTo(managed.server, email)).toBe(`${managed.server.context.config.url}/welcome#${await token()}`)
  expect(JSON.stringify(made.body)).not.toContain(await token())
  expect((await lookUp(await token())).body).toEqual({
    partner: { name: `Acme ${invited}`, contactEmail: 'help@acme.example', contactPhone: '+1 555 0100' },
    organizationName: 'North Bakery',
    address: '1 Mill Lane',
    email,
    expiresAt: made.body.expiresAt,
  })
})

test('accepting makes the company, its administrator and the connection without consent; the partner is told', async () => {
  await invite({ address: '1 Mill Lane' })
  const accepted = await accept(await token(), { organizationName: 'North Bakery Ltd' })
  expect([accepted.status, accepted.body]).toMatchObject([
    201,
    { role: 'administrator', person: { name: 'Nora North', email }, company: { kind: 'customer', name: 'North Bakery Ltd' } },
  ])
  const early = await signedIn(accepted)('GET', '/partners')
  expect([early.status, accepted.body.twoFactorNeeded, codeOfProblem(early)]).toEqual([403, true, 'two-factor-needed'])
  const { ask } = await withTwoFactor(managed, signedIn(accepted))
  const { partners } = (await ask('GET', '/partners')).body
  expect(partners).toEqual([expect.objectContaining({ name: `Acme ${invited}` })])
  expect(partners[0]).not.toHaveProperty('consent')
  expect(partners[0]).not.toHaveProperty('administratorAccess')
  expect((await partner.ask('GET', '/customers')).body.customers).toEqual([
    expect.objectContaining({
      label: 'North Bakery Ltd',
      reasons: ['no consent', 'no active subscription'],
      administered: false,
    }),
  ])
  expect(await invitations()).toEqual([])
  const told = await mailsTo(managed.server, partner.email)
  expect(told.map(({ message, subject }) => [message, subject])).toEqual([
    ['customer-joined', 'North Bakery Ltd has joined Atlas'],
  ])
  const [company] = await managed.server.database.system.rows(sql`
    select o.address, o.requires_two_factor as "twoFactor", p.email_verified as "verified"
      from company o join member m on m.company_id = o.id join person p on p.id = m.person_id
     where o.id = ${accepted.body.company.id}`)
  expect(company).toEqual({ address: '1 Mill Lane', twoFactor: true, verified: true })
  const again = await managed.ask('POST', '/session', { email, password: testPassword })
  expect([again.status, codeOfProblem(again)]).toEqual([401, 'code-needed'])
})

test("each step stands in the partner's record, the new company's in its own, and the secret in neither", async () => {
  const made = await invite()
  await partner.ask('POST', `/customer-invitations/${made.body.id}/sending`)
  const secret = (await token()).slice(-39)
  const accepted = await accept(await token())
  const verbs = async (ask: typeof partner.ask) => {
    const { acts } = (await ask('GET', '/acts?limit=1000')).body
    expect(JSON.stringify(acts)).not.toContain(secret)
    return acts.map(({ verb, record }: { verb: string; record: string }) => [verb, JSON.parse(record).actor.company])
  }
  const customerId = accepted.body.company.id
  expect((await verbs(partner.ask)).filter(([verb]: [string]) => /invitation|partnership/.test(verb))).toEqual([
    ['customer_invitation.created', partner.id],
    ['customer_invitation.resent', partner.id],
    ['partnership.connected', customerId],
    ['customer_invitation.accepted', customerId],
  ])
  const { ask } = await withTwoFactor(managed, signedIn(accepted))
  expect((await verbs(ask)).slice(0, 6)).toEqual([
    ['person.created', customerId],
    ['sign_in_method.created', customerId],
    ['company.created', customerId],
    ['member.created', customerId],
    ['partnership.connected', customerId],
    ['session.started', customerId],
  ])
  const revoked = await invite({ email: 'other@north.example' })
  await partner.ask('DELETE', `/customer-invitations/${revoked.body.id}`)
  expect((await verbs(partner.ask)).at(-1)).toEqual(['customer_invitation.revoked', partner.id])
})

test('a link works once, also for two at the same moment', async () => {
  await invite()
  const answers = await Promise.all([accept(await token()), accept(await token())])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 404])
  expect((await partner.ask('GET', '/customers')).body.customers).toHaveLength(1)
  expect((await lookUp(await token())).status).toBe(404)
  expect((await accept(await token())).body.title).toBe('This link is not valid')
})

test('a link is refused once it is revoked, sent again, expired, mistyped, or its partner is suspended, and then alike', async () => {
  const made = await invite()
  const first = await token()
  const renewed = await partner.ask('POST', `/customer-invitations/${made.body.id}/sending`)
  expect([renewed.status, renewed.body.id]).toEqual([200, made.body.id])
  const second = await token()
  expect(second).not.toBe(first)
  const refused = [await lookUp(first), await accept(first)]
  expect((await lookUp(second)).status).toBe(200)

  await managed.vendor('PUT', `/companies/${partner.id}/suspension`)
  refused.push(await lookUp(second), await accept(second))
  await managed.vendor('DELETE', `/companies/${partner.id}/suspension`)
  refused.push(await lookUp(`${second.slice(0, -1)}_`), await accept(second.replace('ci_', 'su_')))

  expect((await partner.ask('DELETE', `/customer-invitations/${made.body.id}`)).status).toBe(204)
  refused.push(await lookUp(second), await accept(second))
  expect((await partner.ask('DELETE', `/customer-invitations/${made.body.id}`)).status).toBe(404)
  expect((await partner.ask('POST', `/customer-invitations/${made.body.id}/sending`)).status).toBe(404)

  aheadMs = -30 * dayMs
  expect((await invite()).body.state).toBe('expired')
  refused.push(await lookUp(await token()), await accept(await token()))
  expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 404))
  expect(new Set(refused.map(({ body }) => JSON.stringify({ ...body, requestId: '' }))).size).toBe(1)
  expect((await managed.ask('POST', '/session', { email, password: testPassword })).status).toBe(401)
})

test('an expired invitation is sent again, or the address is invited anew; one that still works stands in the way', async () => {
  aheadMs = -30 * dayMs
  const old = await invite()
  aheadMs = 0
  const again = await partner.ask('POST', `/customer-invitations/${old.body.id}/sending`)
  expect(again.body).toMatchObject({ id: old.body.id, state: 'pending' })
  const twice = await invite()
  expect([twice.status, twice.body.title]).toEqual([409, 'Already invited'])
  const other = await managed.staffed('partner', 'Bolt')
  expect((await invite({}, other)).status).toBe(201)

  aheadMs = -30 * dayMs
  await partner.ask('POST', `/customer-invitations/${old.body.id}/sending`)
  aheadMs = 0
  const anew = await invite()
  expect(anew.status).toBe(201)
  expect(await invitations()).toEqual([anew.body])
})

test('an address with an account is invited like any other, and told where it belongs only once it has signed in', async () => {
  const somebody = await managed.staffed('customer', 'South Mill')
  const known = await invite({ email: somebody.email })
  const unknown = await invite()
  const plain = ({ body, status }: Answer) => [status, Object.keys(body).sort(), body.state]
  expect(plain(known)).toEqual(plain(unknown))
  const theirs = await tokenMailedTo(managed.server, somebody.email)
  expect(Object.keys((await lookUp(theirs)).body)).toEqual(Object.keys((await lookUp(await token())).body))

  const taken = await accept(theirs)
  expect([taken.status, taken.body.title]).toEqual([409, 'This address has an account'])
  expect(JSON.stringify(taken.body)).not.toContain('South Mill')
  const inside = await accept(theirs, {}, somebody.ask)
  expect([inside.status, inside.body.title]).toEqual([409, 'You belong to a company'])
  expect(inside.body.detail).toContain('South Mill')
  expect((await partner.ask('GET', '/customers')).body.customers).toEqual([])
  expect((await lookUp(theirs)).status).toBe(200)
})

test('whoever is signed in with another address does not use the link up, with a new account neither', async () => {
  await invite()
  const somebody = await managed.staffed('customer', 'South Mill')
  for (const more of [{}, { person: undefined }]) {
    const refused = await accept(await token(), more, somebody.ask)
    expect([refused.status, refused.body.title]).toEqual([409, 'The invitation is for another address'])
  }
  const nobody = await accept(await token(), { person: undefined })
  expect([nobody.status, nobody.body.title]).toEqual([401, 'Not signed in'])
  expect((await accept(await token(), { email: somebody.email })).status).toBe(400)
  expect((await accept(await token())).status).toBe(201)
})

test('a person without a company joins by its session with the invited address, once that is verified', async () => {
  const before = await managed.staffed('customer', 'South Mill')
  await before.ask('POST', '/invitations', { email })
  const person = { name: 'Nora North', password: testPassword }
  await managed.ask('POST', '/invitations/acceptance', { token: await token(), ...person })
  for (const member of (await before.ask('GET', '/members')).body.members) {
    if (member.email !== before.email) await before.ask('DELETE', `/members/${member.id}`)
  }
  await invite()
  const ask = signedIn(await managed.ask('POST', '/session', { email, password: testPassword }))
  const verified = (is: boolean) =>
    managed.server.database.system.rows(sql`update person set email_verified = ${is} where email = ${email}`)
  await verified(false)
  const refused = await accept(await token(), { person: undefined }, ask)
  expect([refused.status, codeOfProblem(refused)]).toEqual([409, 'email-not-verified'])
  await verified(true)
  const joined = await accept(await token(), { person: undefined }, ask)
  expect([joined.status, joined.body]).toMatchObject([201, { company: { name: 'North Bakery' }, person: { email } }])
  expect((await ask('GET', '/session')).body.company.name).toBe('North Bakery')
})

test("another partner's invitation is not found, alike to one that does not exist", async () => {
  const made = await invite()
  const other = await managed.staffed('partner', 'Bolt')
  for (const [method, path] of [
    ['DELETE', `/customer-invitations/${made.body.id}`],
    ['POST', `/customer-invitations/${made.body.id}/sending`],
  ] as const) {
    const foreign = await other.ask(method, path)
    const missing = await other.ask(method, path.replace(made.body.id, 'nothing'))
    expect(foreign.status).toBe(404)
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' })
  }
  expect((await other.ask('GET', '/customer-invitations')).body.invitations).toEqual([])
  expect((await lookUp(await token())).status).toBe(200)
})

test('what is missing or malformed gets a sentence', async () => {
  const bad = await invite({ email: 'office', organizationName: ' ' })
  expect(bad.status).toBe(400)
  expect(bad.body.errors.map(({ where }: { where: string }) => where).sort()).toEqual(['body.email', 'body.organizationName'])
  await invite()
  const short = await accept(await token(), { person: { name: 'Nora', password: 'eleven char' } })
  expect([short.status, short.body.detail]).toEqual([400, 'body.person.password: must have 12 characters or more'])
})

test('the trial starts by itself with the first batch of the first gateway, once, for as long as the vendor has set', async () => {
  await managed.vendor('PATCH', '/installation', { trialDays: 12 })
  await invite()
  const { ask } = await withTwoFactor(managed, signedIn(await accept(await token())))
  const sendBatch = async (name: string) => {
    const { body } = await ask('POST', '/gateways', { name })
    const sent = await fetch(`${managed.server.url}/ingest/v1/batches`, {
      method: 'POST',
      headers: { authorization: `Bearer ${body.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        batchId: name,
        inventory: { full: true, locations: [], devices: [{ ref: 'u', type: 'UPS', label: 'U' }] },
      }),
    })
    expect(sent.status).toBe(200)
  }
  expect((await ask('GET', '/subscription')).body).toEqual({ upcoming: [] })
  await sendBatch('Cellar')
  const { subscription } = (await ask('GET', '/subscription')).body
  expect(subscription).toMatchObject({ kind: 'trial', state: 'active' })
  expect(daysUntil(subscription.endsAt)).toBeCloseTo(12, 2)

  await managed.vendor('POST', `/subscriptions/${subscription.id}/termination`)
  await managed.vendor('PATCH', '/installation', { trialDays: 30 })
  await sendBatch('Attic')
  expect((await ask('GET', '/subscription')).body.subscription).toMatchObject({ id: subscription.id, state: 'ended' })
})
