import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo } from '../../../test/support/mailed.ts'
import { connect, inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'

let managed: Managed
let partner: Staffed
let customer: Staffed
let partnership: string
beforeAll(async () => {
  managed = await startManaged()
  partner = await managed.staffed('partner', 'Acme, Inc.')
  customer = await managed.staffed('customer', '=HYPERLINK("x"), "Bakery"')
  partnership = await connect(managed, customer, partner)
})
afterAll(() => managed.close())

const asked = (id = customer.id) => partner.ask('POST', `/customers/${id}/consent-request`)
const requests = async () =>
  (await mailsTo(managed.server, customer.email)).filter(({ message }) => message === 'consent-requested')
const verbs = async (who: Staffed) =>
  (await who.ask('GET', '/acts?limit=1000')).body.acts.map(({ verb }: { verb: string }) => verb) as string[]

test('a customer without consent is asked by mail, with a link to the checkbox, once a week, and not once it has consented', async () => {
  const first = await asked()
  expect([first.status, first.body.state, first.body.consentAskedAt]).toEqual([201, 'no consent', expect.any(String)])
  const toldOf = async () => (await customer.ask('GET', '/partners')).body.partners[0].consentAskedAt
  expect(await toldOf()).toBe(first.body.consentAskedAt)
  const [mail] = await requests()
  expect(mail).toMatchObject({
    subject: 'Acme, Inc. asks to read your device data',
    link: `${managed.server.url}/administration/subscriptions`,
    words: expect.stringContaining(partner.email),
  })
  const again = await asked()
  expect([again.status, again.body.type]).toEqual([409, expect.stringMatching(/#consent-not-asked$/)])
  expect(again.body.detail).toContain(first.body.consentAskedAt.slice(0, 4))

  await managed.server.database.system.rows(sql`update consent_request set asked_at = asked_at - interval '7 days'`)
  const both = await Promise.all([asked(), asked()])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(await requests()).toHaveLength(2)
  for (const who of [partner, customer]) expect((await verbs(who)).filter((verb) => verb === 'consent.requested')).toHaveLength(2)

  await managed.server.database.system.rows(sql`update consent_request set asked_at = asked_at - interval '7 days'`)
  await customer.ask('PUT', `/partnerships/${partnership}/consent`, {})
  expect((await asked()).body.detail).toMatch(/has given/)
  expect(await toldOf()).toBeUndefined()
})

test('who is not connected is answered like who is not there, and who has nobody is not asked', async () => {
  const stranger = await managed.staffed('customer', 'Not connected')
  for (const [method, rest] of [
    ['POST', '/consent-request'],
    ['GET', ''],
  ] as const) {
    const foreign = await partner.ask(method, `/customers/${stranger.id}${rest}`)
    const missing = await partner.ask(method, `/customers/nothing${rest}`)
    expect(foreign.status).toBe(404)
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' })
  }
  const { body: nobodys } = await managed.vendor('POST', '/companies', { kind: 'customer', name: 'Nobody there' })
  await connect(managed, { ...stranger, id: nobodys.id }, partner)
  expect((await asked(nobodys.id)).status).toBe(409)
})

test('a customer is told with its state and since when, its changes newest first, and all as a table that no spreadsheet runs', async () => {
  const { body: subscription } = await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, {
    kind: 'paid',
    endsAt: inDays(30),
  })
  const valid = (await partner.ask('GET', `/customers/${customer.id}`)).body
  expect(valid).toMatchObject({ state: 'valid', since: subscription.startsAt })
  await customer.ask('DELETE', `/partnerships/${partnership}/consent`)
  const withdrawn = (await partner.ask('GET', `/customers/${customer.id}`)).body
  expect(withdrawn).toMatchObject({ state: 'no consent', reasons: ['no consent'] })
  expect(withdrawn.since > valid.since).toBe(true)

  const { changes } = (await partner.ask('GET', '/customers/changes')).body
  const own = changes.filter(({ organizationId }: { organizationId: string }) => organizationId === customer.id)
  expect(own.map(({ change }: { change: string }) => change)).toEqual([
    'consent ended',
    'subscription started',
    'consent given',
    'connected',
  ])
  expect(own[0].at).toBe(withdrawn.since)

  const response = await fetch(`${managed.server.url}/api/v1/customers/export`, {
    headers: {
      authorization: `Bearer ${(await partner.ask('POST', '/access-tokens', { name: 'T', expiresInDays: 1 })).body.token}`,
    },
  })
  expect(response.headers.get('content-type')).toMatch(/^text\/csv/)
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="customers-.*\.csv"$/)
  const lines = (await response.text()).split('\r\n')
  expect(lines[0]).toMatch(/^\uFEFF?Organization id,Customer,State,Reasons,Since/)
  expect(lines.find((line) => line.startsWith(customer.id))).toContain(`,"'=HYPERLINK(""x""), ""Bakery""",no consent,no consent,`)
  expect(lines.at(-1)).toBe('')
})
