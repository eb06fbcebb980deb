import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Managed, startManaged } from '../../../test/support/management.ts'

let managed: Managed
beforeAll(async () => {
  managed = await startManaged()
})
afterAll(() => managed.close())

const read = async () => (await managed.vendor('GET', '/installation')).body
const set = (body: object) => managed.vendor('PATCH', '/installation', body)

test('the vendor reads and sets what holds for every company; what is absent stays', async () => {
  expect(await read()).toEqual({ invitationDays: 7, invitationApproval: false, trialDays: 30, accessDays: 400 })
  expect((await set({ invitationDays: 30 })).body).toEqual({
    invitationDays: 30,
    invitationApproval: false,
    trialDays: 30,
    accessDays: 400,
  })
  expect((await set({ invitationApproval: true, trialDays: 60 })).body).toEqual({
    invitationDays: 30,
    invitationApproval: true,
    trialDays: 60,
    accessDays: 400,
  })
  await set({ invitationApproval: false, accessDays: 100 })
  expect(await read()).toEqual({ invitationDays: 30, invitationApproval: false, trialDays: 60, accessDays: 100 })
})

test('what is out of bounds or unknown is refused, and changes nothing', async () => {
  const before = await read()
  for (const body of [
    { invitationDays: 0 },
    { invitationDays: 31 },
    { invitationDays: 1.5 },
    { trialDays: 0 },
    { trialDays: 366 },
    { accessDays: 29 },
    { invitationApproval: 'yes' },
    { another: 1 },
  ]) {
    expect([body, (await set(body)).status]).toEqual([body, 400])
  }
  expect(await read()).toEqual(before)
})

test('a change is in the record of acts, and for the vendor alone', async () => {
  const customer = await managed.staffed('customer', 'North Bakery')
  await set({ trialDays: 14 })
  const verbs = async (ask: Managed['vendor']) =>
    ((await ask('GET', '/acts?limit=1000')).body.acts as { verb: string }[]).map(({ verb }) => verb)
  expect(await verbs(managed.vendor)).toContain('installation_setting.changed')
  expect(await verbs(customer.ask)).not.toContain('installation_setting.changed')
  expect([
    (await customer.ask('GET', '/installation')).status,
    (await customer.ask('PATCH', '/installation', {})).status,
  ]).toEqual([403, 403])
})
