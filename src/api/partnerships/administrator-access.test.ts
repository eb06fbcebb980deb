import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { withTwoFactor } from '../../../test/support/accounts.ts'
import { mailsTo } from '../../../test/support/mailed.ts'
import {
  type Answer,
  codeOfProblem,
  connect,
  inDays,
  type Managed,
  type Staffed,
  startManaged,
} from '../../../test/support/management.ts'

let managed: Managed
let partner: Staffed
let customer: Staffed
let partnership: string
beforeAll(async () => {
  managed = await startManaged()
})
beforeEach(async () => {
  partner = await managed.staffed('partner', 'Acme, Inc.')
  customer = await managed.staffed('customer', 'North Bakery')
  partnership = await connect(managed, customer, partner)
})
afterAll(() => managed.close())

const path = (id = partnership) => `/partnerships/${id}/administrator-access`
const grant = () => customer.ask('PUT', path())
const acting = (method: string, where: string, body?: unknown, by = partner, whom = customer.id) =>
  by.ask(method, where, body, { 'assent-company': whom })
const withoutRequest = ({ status, body }: Answer) => JSON.stringify({ status, ...body, requestId: '' })
const administered = async () => (await partner.ask('GET', '/customers')).body.customers[0].administered
const actsOf = async (of: Staffed) => {
  const { acts } = (await of.ask('GET', '/acts?limit=1000')).body
  return acts.map(({ verb, record }: { verb: string; record: string }) => ({ verb, actor: JSON.parse(record).actor }))
}

test('is off until the customer grants it, stays as it is when granted again, and both sides see it', async () => {
  expect((await customer.ask('GET', '/partners')).body.partners[0]).not.toHaveProperty('administratorAccess')
  expect(await administered()).toBe(false)
  expect((await acting('GET', '/gateways')).status).toBe(403)

  const granted = await grant()
  expect([granted.status, granted.body.grantedBy]).toEqual([200, expect.stringMatching(/^Person/)])
  expect((await grant()).body).toEqual(granted.body)
  expect((await customer.ask('GET', '/partners')).body.partners[0].administratorAccess).toEqual(granted.body)
  expect(await administered()).toBe(true)

  expect((await customer.ask('DELETE', path())).status).toBe(204)
  expect((await customer.ask('DELETE', path())).status).toBe(204)
  expect((await customer.ask('GET', '/partners')).body.partners[0]).not.toHaveProperty('administratorAccess')
  expect(await administered()).toBe(false)
  expect((await mailsTo(managed.server, partner.email)).map(({ subject }) => subject)).toEqual([
    'North Bakery is connected to your company',
    'You may manage the gateways of North Bakery',
    'Administrator access to North Bakery has ended',
  ])
})

test("lets the partner's administrators manage gateways and read the subscription, as the customer's own", async () => {
  await grant()
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
  const made = await acting('POST', '/gateways', { name: 'Cellar' })
  expect(made.status).toBe(201)
  expect((await customer.ask('GET', '/gateways')).body.gateways).toEqual([
    expect.objectContaining({ id: made.body.gateway.id, name: 'Cellar' }),
  ])
  const own = await customer.ask('POST', '/gateways', { name: 'Attic' })
  expect((await acting('GET', '/gateways')).body.gateways.map(({ name }: { name: string }) => name)).toEqual(['Attic', 'Cellar'])
  expect((await acting('DELETE', `/gateways/${own.body.gateway.id}`)).status).toBe(204)
  expect((await acting('GET', '/subscription')).body).toEqual((await customer.ask('GET', '/subscription')).body)
})

test('shares no device data: a gateway’s devices are counted for the partner with consent only', async () => {
  await grant()
  const made = await acting('POST', '/gateways', { name: 'Cellar' })
  const sent = await fetch(`${managed.server.url}/ingest/v1/batches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${made.body.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      batchId: 'b',
      inventory: { full: true, locations: [], devices: [{ ref: 'u', type: 'UPS', label: 'U' }] },
    }),
  })
  expect(sent.status).toBe(200)
  const counted = async (answer: Promise<Answer>) => (await answer).body.gateways[0].devices
  expect(await counted(customer.ask('GET', '/gateways'))).toBe(1)
  expect(await counted(acting('GET', '/gateways'))).toBeUndefined()
  expect((await partner.ask('GET', `/organizations/${customer.id}/devices`)).status).toBe(403)
  await customer.ask('PUT', `/partnerships/${partnership}/consent`, {})
  expect(await counted(acting('GET', '/gateways'))).toBe(1)
})

test("what is done by it is recorded for the customer under the person's own name and company", async () => {
  await grant()
  await acting('POST', '/gateways', { name: 'Cellar' })
  await customer.ask('DELETE', path())
  const person = (await partner.ask('GET', '/session')).body.person.id
  const theirs = (await actsOf(customer)).slice(-3)
  expect(theirs.map(({ verb }: { verb: string }) => verb)).toEqual([
    'administrator_grant.created',
    'gateway.created',
    'administrator_grant.ended',
  ])
  expect(theirs[1].actor).toEqual({ kind: 'person', id: person, company: partner.id })
  const partners = (await actsOf(partner)).map(({ verb }: { verb: string }) => verb)
  expect(partners.slice(-2)).toEqual(['administrator_grant.created', 'administrator_grant.ended'])
})

test('never granted, ended, disconnected, suspended, of another partner, and no such customer are refused alike', async () => {
  const other = await managed.staffed('partner', 'Bolt')
  const create = (by = partner, whom = customer.id) => acting('POST', '/gateways', { name: 'Cellar' }, by, whom)
  const refused = [await create()]
  await grant()
  expect((await create()).status).toBe(201)
  refused.push(await create(other), await create(partner, 'nothing'), await create(partner, partner.id))
  await customer.ask('DELETE', path())
  refused.push(await create())

  await grant()
  await managed.vendor('PUT', `/companies/${customer.id}/suspension`)
  refused.push(await create())
  await managed.vendor('DELETE', `/companies/${customer.id}/suspension`)
  expect((await create()).status).toBe(201)
  await customer.ask('DELETE', `/partnerships/${partnership}`)
  refused.push(await create())
  partnership = await connect(managed, customer, partner)
  refused.push(await create())

  expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403))
  expect(new Set(refused.map(withoutRequest)).size).toBe(1)
})

test('is for administrators who are signed in: not for other roles, nor for access tokens', async () => {
  await grant()
  const operator = await managed.addMember(partner.id, 'operator')
  const { token } = (await partner.ask('POST', '/access-tokens', { name: 'Program', role: 'administrator', expiresInDays: 1 }))
    .body
  const program = { ...partner, ask: managed.asking({ authorization: `Bearer ${token}` }) }
  for (const by of [operator, program, customer]) expect((await acting('GET', '/gateways', undefined, by)).status).toBe(403)
  expect((await managed.ask('GET', '/gateways', undefined, { 'assent-company': customer.id })).status).toBe(401)
  await managed.vendor('PUT', `/companies/${partner.id}/suspension`)
  expect((await acting('GET', '/gateways')).status).toBe(401)
})

test('a customer that wants a second factor of its people wants one of whoever acts for it', async () => {
  await grant()
  await managed.vendor('PATCH', `/companies/${customer.id}`, { requiresTwoFactor: true })
  const refused = await acting('GET', '/gateways')
  expect([refused.status, codeOfProblem(refused)]).toEqual([403, 'two-factor-needed'])
  expect((await partner.ask('GET', '/customers')).status).toBe(200)
  const { ask } = await withTwoFactor(managed, partner.ask)
  expect((await acting('GET', '/gateways', undefined, { ...partner, ask })).status).toBe(200)
  expect((await acting('GET', '/gateways', undefined, { ...partner, ask }, 'nothing')).status).toBe(403)
})

test("a gateway of the partner's other customer is not found", async () => {
  await grant()
  const other = await managed.staffed('customer', 'South Mill')
  const { gateway } = (await other.ask('POST', '/gateways', { name: 'Attic' })).body
  expect((await acting('DELETE', `/gateways/${gateway.id}`)).status).toBe(404)
  expect((await other.ask('GET', '/gateways')).body.gateways).toHaveLength(1)
})

test("another customer's partnership is not found, alike to one that does not exist, and a program grants nothing", async () => {
  const other = await managed.staffed('customer', 'South Mill')
  for (const method of ['PUT', 'DELETE']) {
    const [foreign, missing] = [await other.ask(method, path()), await other.ask(method, path('nothing'))]
    expect(foreign.status).toBe(404)
    expect(withoutRequest(foreign)).toBe(withoutRequest(missing))
  }
  const { token } = (await customer.ask('POST', '/access-tokens', { name: 'Program', role: 'administrator', expiresInDays: 1 }))
    .body
  expect((await managed.asking({ authorization: `Bearer ${token}` })('PUT', path())).status).toBe(401)
  expect(await administered()).toBe(false)
})
