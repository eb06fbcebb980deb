import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged()
})
afterAll(() => managed.close())
beforeEach(async () => {
  customer = await managed.staffed('customer', 'North Bakery')
})

const made = async (days: number): Promise<{ licenceKey: { id: string }; secret: string }> =>
  (await managed.vendor('POST', '/licence-keys', { days, note: 'Order 17' })).body
const redeem = (licenceKey: string) => customer.ask('POST', '/subscription/licence-key', { licenceKey })
const listed = async (id: string) =>
  (await managed.vendor('GET', '/licence-keys')).body.licenceKeys.find((one: { id: string }) => one.id === id)
const daysOf = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) =>
  (Date.parse(endsAt) - Date.parse(startsAt)) / (24 * 3600 * 1000)

test('a licence key adds a paid period behind the present one, once; the record says so to the customer', async () => {
  const trialEnd = inDays(10)
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'trial', endsAt: trialEnd })
  const { licenceKey, secret } = await made(365)
  expect(secret).toMatch(/^lk_/)
  const first = await redeem(` ${secret} `)
  expect([first.status, first.body]).toEqual([
    201,
    expect.objectContaining({ kind: 'paid', state: 'upcoming', startsAt: trialEnd }),
  ])
  expect(daysOf(first.body)).toBe(365)
  const second = await redeem((await made(30)).secret)
  expect([second.body.startsAt, daysOf(second.body)]).toEqual([first.body.endsAt, 30])

  const again = await redeem(secret)
  expect([again.status, again.body.type]).toEqual([409, expect.stringMatching(/#licence-key-used$/)])
  expect(await listed(licenceKey.id)).toMatchObject({ state: 'redeemed', company: { id: customer.id }, note: 'Order 17' })
  const { acts } = (await customer.ask('GET', '/acts?limit=1000')).body
  const redeemedAct = acts.find(({ verb }: { verb: string }) => verb === 'licence_key.redeemed')
  expect(JSON.parse(redeemedAct.record)).toMatchObject({ details: { days: 365 }, subject: { id: licenceKey.id } })
  expect(redeemedAct.record).not.toContain('Order 17')
})

test('without a subscription the period begins now, also where the vendor redeems it for the customer', async () => {
  const path = `/companies/${customer.id}/licence-key`
  const { body } = await managed.vendor('POST', path, { licenceKey: (await made(7)).secret })
  expect(body).toMatchObject({ kind: 'paid', state: 'active' })
  expect(daysOf(body)).toBe(7)
})

test('of a key that is redeemed by two at once, one alone has it', async () => {
  const { secret } = await made(30)
  const other = await managed.staffed('customer', 'South Bakery')
  const answers = await Promise.all(
    [customer, other, customer, other].map((one) => one.ask('POST', '/subscription/licence-key', { licenceKey: secret })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
})

test('a mistyped key and one that was never made are refused alike; a withdrawn one says so to its holder', async () => {
  const { licenceKey, secret } = await made(30)
  const { secret: other } = await made(30)
  const strange = [`${secret.slice(0, -1)}_`, secret.slice(0, 15) + other.slice(15), 'lk_', '']
  for (const text of strange) {
    const refused = await redeem(text)
    expect([refused.status, refused.body.type]).toEqual([422, expect.stringMatching(/#licence-key-refused$/)])
  }
  expect((await managed.vendor('DELETE', `/licence-keys/${licenceKey.id}`)).status).toBe(204)
  expect((await redeem(secret)).body.type).toMatch(/#licence-key-used$/)
  expect((await managed.vendor('DELETE', `/licence-keys/${licenceKey.id}`)).status).toBe(409)
  expect((await managed.vendor('DELETE', '/licence-keys/nothing')).status).toBe(404)
  expect(await listed(licenceKey.id)).toMatchObject({ state: 'withdrawn' })
})
