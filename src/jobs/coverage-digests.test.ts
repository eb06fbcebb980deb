import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo } from '../../test/support/mailed.ts'
import { connect, inDays, type Managed, type Staffed, startManaged } from '../../test/support/management.ts'
import { sendCoverageDigests } from './coverage-digests.ts'

let managed: Managed
let partner: Staffed
let other: Staffed
let customer: Staffed
let consent: string
beforeAll(async () => {
  managed = await startManaged()
  partner = await managed.staffed('partner', 'Acme, Inc.')
  other = await managed.addMember(partner.id, 'administrator')
  customer = await managed.staffed('customer', 'North Bakery')
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(100) })
  consent = `/partnerships/${await connect(managed, customer, partner)}/consent`
})
afterAll(() => managed.close())

/** What a person was mailed about the access to customers. */
const told = async ({ email }: Staffed) =>
  (await mailsTo(managed.server, email)).filter(({ message }) => /^(consent-receipt|coverage-)/.test(message))
const subjects = async (who: Staffed) => (await told(who)).map(({ subject }) => subject)

/** As if a day had passed for the digests; two processes at once. */
async function nextDay(): Promise<void> {
  await managed.server.database.system.rows(sql`update coverage_digest_change set due_at = due_at - interval '2 days'`)
  await Promise.all([sendCoverageDigests(managed.server.context), sendCoverageDigests(managed.server.context)])
}

test('who wants one mail a day is told once of all that changed, the others at once, and nobody of anything twice', async () => {
  expect((await partner.ask('PATCH', '/account', { coverageMails: 'daily' })).status).toBe(204)
  expect((await partner.ask('GET', '/account')).body.coverageMails).toBe('daily')
  expect((await other.ask('GET', '/account')).body.coverageMails).toBe('at once')
  await customer.ask('PUT', consent, {})
  await managed.vendor('PUT', `/companies/${customer.id}/suspension`)
  await expect
    .poll(() => subjects(other))
    .toEqual(['North Bakery has allowed access', 'Device data of North Bakery can no longer be read'])
  expect(await subjects(partner)).toEqual([])
  await nextDay()
  const [digest, ...rest] = await told(partner)
  expect([digest?.subject, rest]).toEqual(['2 changes in what you can read', []])
  expect(digest?.words).toMatch(/North Bakery It has allowed access: .*North Bakery It is suspended: /)
  await nextDay()
  expect(await subjects(partner)).toHaveLength(1)
  expect(await subjects(other)).toHaveLength(2)
})

test('who goes back to being told at once still gets what was gathered; it is for administrators of partners alone', async () => {
  await managed.vendor('DELETE', `/companies/${customer.id}/suspension`)
  await expect.poll(async () => (await subjects(other)).at(-1)).toBe('Device data of North Bakery can be read again')
  await partner.ask('PATCH', '/account', { coverageMails: 'at once' })
  await nextDay()
  const last = (await told(partner)).at(-1)
  expect([last?.subject, (await told(partner)).length]).toEqual(['One change in what you can read', 2])
  expect(last?.words).toMatch(/North Bakery It is no longer suspended/)
  await customer.ask('DELETE', consent)
  await nextDay()
  expect((await subjects(partner)).slice(2)).toEqual(['North Bakery has withdrawn access'])

  expect((await customer.ask('GET', '/account')).body).not.toHaveProperty('coverageMails')
  expect((await customer.ask('PATCH', '/account', { coverageMails: 'daily' })).status).toBe(400)
  const viewer = await managed.addMember(partner.id, 'viewer')
  expect((await viewer.ask('PATCH', '/account', { coverageMails: 'daily' })).status).toBe(400)
})

test('whoever chooses otherwise, also while customers act, is told of each change once: at once or by the mail of the day', async () => {
  const before = await told(other)
  const choose = (how: string) => other.ask('PATCH', '/account', { coverageMails: how })
  // What was told at once a moment ago is not told again.
  await customer.ask('PUT', consent, {})
  await choose('daily')
  await nextDay()
  expect((await told(other)).slice(before.length).map(({ message }) => message)).toEqual(['consent-receipt'])

  const acts = 8
  const act = async () => {
    for (let nth = 0; nth < acts; nth += 1)
      await customer.ask(nth % 2 === 0 ? 'DELETE' : 'PUT', consent, nth % 2 === 0 ? undefined : {})
  }
  const waver = async () => {
    for (let nth = 0; nth < acts; nth += 1) {
      await choose(nth % 2 === 0 ? 'at once' : 'daily')
      await sendCoverageDigests(managed.server.context)
    }
  }
  await Promise.all([act(), waver()])
  await nextDay()
  const mails = (await told(other)).slice(before.length + 1)
  const ofMail = ({ message, words }: (typeof mails)[number]) =>
    message === 'consent-receipt' ? 1 : (words.match(/It has (allowed|withdrawn) access/g) ?? []).length
  expect(mails.reduce((sum, mail) => sum + ofMail(mail), 0)).toBe(acts)
})
