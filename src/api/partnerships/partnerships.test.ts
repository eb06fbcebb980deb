import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { mailsTo } from '../../../test/support/mailed.ts'
import { type Answer, connect, inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { findLimits } from '../../auth/find-limits.ts'

let managed: Managed
let partner: Staffed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged()
})
beforeEach(async () => {
  partner = await managed.staffed('partner', 'Acme, Inc.')
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

const find = (partnerId: unknown, by = customer) => by.ask('POST', '/partners/search', { partnerId })
const add = (partnerId: unknown, by = customer) => by.ask('POST', '/partners', { partnerId })
const withoutRequest = ({ body }: Answer) => ({ ...body, requestId: '' })

test('a customer finds a partner by its Partner ID, in whatever case, or by the name that makes it, with how to reach it, and adds it without consent', async () => {
  const contact = { contactEmail: 'help@acme.example', contactPhone: '+1 555 0100', address: '2 Quay' }
  await managed.vendor('PATCH', `/companies/${partner.id}`, contact)
  const found = await find(` ${partner.partnerId?.toLowerCase()} `)
  expect([found.status, found.body]).toEqual([200, { name: 'Acme, Inc.', partnerId: partner.partnerId, ...contact }])
  const { name } = (await managed.vendor('POST', '/companies', { kind: 'partner', name: 'Night & Day, Ltd.' })).body
  expect((await find(name)).body).toEqual({ name, partnerId: 'NIGHT_DAY_LTD' })
  expect((await add(name)).status).toBe(404)
  await managed.vendor('POST', '/companies', { kind: 'partner', name: '株式会社' })
  expect((await find('株式会社')).status).toBe(404)
  expect((await customer.ask('GET', '/partners')).body.partners).toEqual([])

  const added = await add(partner.partnerId)
  expect([added.status, added.body]).toEqual([
    201,
    { ...found.body, partnershipId: added.body.partnershipId, connectedAt: added.body.connectedAt },
  ])
  expect((await customer.ask('GET', '/partners')).body.partners).toEqual([added.body])
  expect((await partner.ask('GET', '/customers')).body.customers).toEqual([
    expect.objectContaining({ label: 'North Bakery', state: 'no consent' }),
  ])
  const again = await add(partner.partnerId)
  expect([again.status, again.body.title]).toEqual([409, 'Already connected'])
})

test('whom the partner has invited, and who adds it without the link, is awaited no more', async () => {
  const other = `other-${partner.id}@north.example`
  for (const email of [customer.email, other]) {
    expect((await partner.ask('POST', '/customer-invitations', { organizationName: 'North Bakery', email })).status).toBe(201)
  }
  expect((await add(partner.partnerId)).status).toBe(201)
  const { invitations } = (await partner.ask('GET', '/customer-invitations')).body
  expect(invitations.map(({ email }: { email: string }) => email)).toEqual([other])
})

test('the vendor sees each pair with its state, why and since when, and takes them all away as a table', async () => {
  const id = await connect(managed, customer, partner)
  const found = async () => {
    const { partnerships } = (await managed.vendor('GET', '/partnerships')).body
    return partnerships.find((one: { id: string }) => one.id === id)
  }
  expect(await found()).toMatchObject({ state: 'no consent', reasons: ['no consent', 'no active subscription'] })
  expect((await found()).since).toBe((await found()).connectedAt)
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
  const { givenAt } = (await customer.ask('PUT', `/partnerships/${id}/consent`, {})).body
  expect(await found()).toMatchObject({ state: 'valid', reasons: [], since: givenAt, consent: { givenAt } })
  await managed.vendor('PUT', `/companies/${customer.id}/suspension`)
  expect((await found()).state).toBe('suspended')

  const csv = await fetch(`${managed.server.url}/api/v1/partnerships/export`, {
    headers: { authorization: `Bearer ${readFileSync(`${managed.server.dataDir}/cli-token`, 'utf8').trim()}` },
  })
  const row = (await csv.text()).split('\r\n').find((line) => line.startsWith(customer.id))
  expect(row).toContain(`${customer.id},North Bakery,${partner.partnerId},"Acme, Inc.",suspended,suspended,`)
})

test("the partner's administrators, and they alone, are told when a customer connects and when it goes", async () => {
  const viewer = await managed.addMember(partner.id, 'viewer')
  const { partnershipId } = (await add(partner.partnerId)).body
  await customer.ask('DELETE', `/partnerships/${partnershipId}`)
  const told = async () => (await mailsTo(managed.server, partner.email)).filter(({ message }) => message.startsWith('partner-'))
  expect((await told()).map(({ subject }) => subject)).toEqual([
    'North Bakery is connected to your company',
    'North Bakery is no longer connected to your company',
  ])
  expect(await mailsTo(managed.server, viewer.email)).toEqual([])
  const byVendor = await connect(managed, customer, partner)
  await managed.vendor('DELETE', `/partnerships/${byVendor}`)
  expect(await told()).toHaveLength(4)
})

test('nobody, a customer, and a suspended partner are not found alike; a Partner ID of no such form with a hint besides', async () => {
  await managed.vendor('PUT', `/companies/${partner.id}/suspension`)
  const answers = [await find(partner.partnerId), await find('NOBODY_AT_ALL'), await find(customer.id.replaceAll('-', '_'))]
  for (const answer of [...answers, await add(partner.partnerId)]) {
    expect([answer.status, withoutRequest(answer)]).toEqual([404, withoutRequest(answers[1] as Answer)])
  }
  const malformed = await find('Nobody, at all')
  expect([malformed.status, malformed.body.type, malformed.body.title]).toEqual([
    404,
    answers[0]?.body.type,
    answers[0]?.body.title,
  ])
  expect(malformed.body.detail).toContain('letters, digits and underscores, such as ACME_INC')
  expect((await customer.ask('GET', '/partners')).body.partners).toEqual([])
})

test('guessing Partner IDs is limited for each company and for each address, found or not, by looking and by adding', async () => {
  for (let tried = 0; tried < findLimits.perCompany; tried += 1) {
    expect((await (tried % 2 === 0 ? find(`GUESS_${tried}`) : add(`GUESS_${tried}`))).status).toBe(404)
  }
  for (const refused of [await find(partner.partnerId), await add(partner.partnerId)]) {
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  let sent = 0
  let other = await managed.staffed('customer', 'South Mill')
  expect((await find(partner.partnerId, other)).status).toBe(200)
  for (let status = 404; status !== 429; sent += 1) {
    if (sent % (findLimits.perCompany - 1) === 0) other = await managed.staffed('customer', `Mill ${sent}`)
    status = (await find(`GUESS_${sent}`, other)).status
    expect(sent).toBeLessThan(findLimits.perAddress)
  }
})
