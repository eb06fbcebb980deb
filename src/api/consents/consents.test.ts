import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { presentConsentText } from '../../domain/consent-text.ts'

let managed: Managed
let partner: Staffed
let customer: Staffed
let partnership: string
const kinds = { inventory: true, alarms: true, sensors: true }
beforeAll(async () => {
  managed = await startManaged()
  partner = await managed.staffed('partner', 'Acme, Inc.')
  customer = await managed.staffed('customer', 'North Bakery')
  partnership = await connect(managed, customer, partner)
})
afterAll(() => managed.close())

const stateSeen = async () => (await partner.ask('GET', '/customers')).body.customers[0]
const consentPath = () => `/partnerships/${partnership}/consent`

test('a partner sees its customers from the connection on, with every reason why one is not valid', async () => {
  expect(await stateSeen()).toMatchObject({
    organizationId: customer.id,
    label: 'North Bakery',
    state: 'no consent',
    reasons: ['no consent', 'no active subscription'],
  })
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
  expect((await stateSeen()).reasons).toEqual(['no consent'])
  await customer.ask('PUT', consentPath(), {})
  expect(await stateSeen()).toMatchObject({ state: 'valid', reasons: [], kinds })
  await managed.vendor('PUT', `/companies/${customer.id}/suspension`)
  expect(await stateSeen()).toMatchObject({ state: 'suspended' })
  await managed.vendor('DELETE', `/companies/${customer.id}/suspension`)
})

test('consent names who gave it; with other limits it is the same consent, changed', async () => {
  const first = await customer.ask('PUT', consentPath(), { kinds })
  expect(first.body).toMatchObject({ kinds, givenBy: expect.stringMatching(/^Person/), textVersion: presentConsentText.version })
  expect((await customer.ask('PUT', consentPath(), {})).body).toEqual(first.body)
  const narrow = await customer.ask('PUT', consentPath(), { kinds: { ...kinds, sensors: false } })
  expect(narrow.body).toEqual({ ...first.body, kinds: { ...kinds, sensors: false } })
  const endsAt = inDays(30)
  const limited = await customer.ask('PUT', consentPath(), { endsAt })
  expect(limited.body).toEqual({ ...narrow.body, endsAt })
  expect((await customer.ask('PUT', consentPath(), {})).body).toEqual(limited.body)
  const { partners } = (await customer.ask('GET', '/partners')).body
  expect(partners).toEqual([
    expect.objectContaining({ partnershipId: partnership, name: 'Acme, Inc.', partnerId: 'ACME_INC', consent: limited.body }),
  ])
  expect(await stateSeen()).toMatchObject({ state: 'valid', kinds: narrow.body.kinds, consentEndsAt: endsAt })
  expect((await customer.ask('PUT', consentPath(), { endsAt: null })).body).toEqual(narrow.body)
})

test('a date that is past is refused; at its date consent is over, says so, and giving it again makes another one', async () => {
  const past = await customer.ask('PUT', consentPath(), { endsAt: inDays(-1) })
  expect([past.status, past.body.detail]).toEqual([400, 'body.endsAt: is past'])
  const short = await customer.ask('PUT', consentPath(), { endsAt: new Date(Date.now() + 500).toISOString() })
  await expect.poll(async () => (await stateSeen()).state, { timeout: 10_000 }).toBe('consent expired')
  expect((await customer.ask('GET', '/partners')).body.partners[0].consent).toBeUndefined()
  const again = await customer.ask('PUT', consentPath(), {})
  expect(again.body).toMatchObject({ kinds })
  expect([again.body.id === short.body.id, again.body.endsAt]).toEqual([false, undefined])
  const { acts } = (await customer.ask('GET', '/acts?limit=1000')).body
  const verbs = acts.map(({ verb }: { verb: string }) => verb).filter((verb: string) => verb.startsWith('consent.'))
  expect(verbs.slice(-2)).toEqual(['consent.expired', 'consent.given'])
})

test('consent to nothing is refused; withdrawn consent is gone, and withdrawing again changes nothing', async () => {
  const nothing = await customer.ask('PUT', consentPath(), { kinds: { inventory: false, alarms: false, sensors: false } })
  expect([nothing.status, nothing.body.detail]).toEqual([400, 'body.kinds: shares nothing: withdraw the consent instead'])
  expect((await customer.ask('DELETE', consentPath())).status).toBe(204)
  expect((await stateSeen()).state).toBe('no consent')
  expect((await customer.ask('DELETE', consentPath())).status).toBe(204)
})

test("another customer's partnership is not found, alike to one that does not exist", async () => {
  const other = await managed.staffed('customer', 'South Bakery')
  for (const [method, path, body] of [
    ['PUT', `/partnerships/${partnership}/consent`, {}],
    ['DELETE', `/partnerships/${partnership}/consent`],
    ['DELETE', `/partnerships/${partnership}`],
  ] as const) {
    const foreign = await other.ask(method, path, body)
    const missing = await other.ask(method, path.replace(partnership, 'nothing'), body)
    expect(foreign.status).toBe(404)
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' })
  }
})

test('customer and partner are connected once; a new connection starts without consent', async () => {
  const again = await managed.vendor('POST', '/partnerships', { customerId: customer.id, partnerId: 'ACME_INC' })
  expect([again.status, again.body.title]).toEqual([409, 'Already connected'])
  expect((await managed.vendor('POST', '/partnerships', { customerId: customer.id, partnerId: 'NOBODY' })).status).toBe(404)

  await customer.ask('PUT', consentPath(), {})
  expect((await customer.ask('DELETE', `/partnerships/${partnership}`)).status).toBe(204)
  expect((await customer.ask('PUT', consentPath(), {})).status).toBe(404)
  expect((await partner.ask('GET', '/customers')).body.customers).toEqual([])

  partnership = await connect(managed, customer, partner)
  expect((await customer.ask('GET', '/partners')).body.partners[0].consent).toBeUndefined()
  expect((await managed.vendor('DELETE', `/partnerships/${partnership}`)).status).toBe(204)
  expect((await managed.vendor('GET', '/partnerships')).body.partnerships).toEqual([])
})
