import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { daysPassForConsents } from '../../test/support/consent-days.ts'
import { mailsTo } from '../../test/support/mailed.ts'
import { connect, inDays, type Managed, type Staffed, startManaged } from '../../test/support/management.ts'
import { consentDates } from './consent-dates.ts'

let managed: Managed
let partner: Staffed
let customer: Staffed
let consent: string
beforeAll(async () => {
  managed = await startManaged()
})
afterAll(() => managed.close())
beforeEach(async () => {
  partner = await managed.staffed('partner', 'Acme, Inc.')
  customer = await managed.staffed('customer', 'North Bakery')
  consent = `/partnerships/${await connect(managed, customer, partner)}/consent`
})

const pass = (days: number) => daysPassForConsents(managed.server, customer.id, days)

/** What both sides were told, by the words of the subject that differ. */
async function told(): Promise<string[]> {
  // Two processes at once.
  await Promise.all([consentDates(managed.server.context), consentDates(managed.server.context)])
  const subjects = async ({ email }: Staffed) =>
    (await mailsTo(managed.server, email)).flatMap(({ subject }) => /(ends .*|expired.*)$/.exec(subject)?.[1] ?? [])
  const [ofCustomer, ofPartner] = [await subjects(customer), await subjects(partner)]
  expect(ofPartner.map((words) => words.split(':')[0])).toEqual(ofCustomer.map((words) => words.split(':')[0]))
  return ofPartner
}

test('both sides are told 30, 7 and 1 days before the date, once each, and at the date', async () => {
  await customer.ask('PUT', consent, { endsAt: inDays(40) })
  expect(await told()).toEqual([])
  await pass(11)
  expect(await told()).toEqual(['ends in 30 days'])
  expect(await told()).toEqual(['ends in 30 days'])
  await pass(23)
  expect(await told()).toEqual(['ends in 30 days', 'ends in 7 days'])
  await pass(5.5)
  expect(await told()).toEqual(['ends in 30 days', 'ends in 7 days', 'ends within a day'])
  await pass(1)
  expect(await told()).toEqual(['ends in 30 days', 'ends in 7 days', 'ends within a day', 'expired'])
  expect(await told()).toHaveLength(4)
  const { receipts } = (await partner.ask('GET', '/consent-receipts')).body
  expect([receipts[0].event, receipts[0].by]).toEqual(['expired', undefined])
})

test('whoever sets a date that is near is not reminded of what it has just said; another date is told of anew', async () => {
  await customer.ask('PUT', consent, { endsAt: inDays(5) })
  expect(await told()).toEqual([])
  await pass(4.5)
  expect(await told()).toEqual(['ends within a day'])
  await customer.ask('PUT', consent, { endsAt: inDays(8) })
  await pass(1.5)
  expect(await told()).toEqual(['ends within a day', 'ends in 7 days'])
})

test('after a time without the job the nearest reminder alone is sent; none where consent was withdrawn or has no date any more', async () => {
  await customer.ask('PUT', consent, { endsAt: inDays(40) })
  await pass(35)
  expect(await told()).toEqual(['ends in 7 days'])
  await pass(4.5)
  await customer.ask('PUT', consent, { endsAt: null })
  expect(await told()).toEqual(['ends in 7 days'])
  await customer.ask('PUT', consent, { endsAt: inDays(10) })
  await pass(5)
  await customer.ask('DELETE', consent)
  expect(await told()).toEqual(['ends in 7 days'])
})
