import { afterAll, beforeAll, expect, test } from 'vitest'
import { inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'

let managed: Managed
beforeAll(async () => {
  managed = await startManaged()
})
afterAll(() => managed.close())

const customer = async (name: string) =>
  (await managed.vendor('POST', '/companies', { kind: 'customer', name })).body.id as string
const start = (company: string, body: object) => managed.vendor('POST', `/companies/${company}/subscriptions`, body)
const act = (id: string, what: string, body?: object) => managed.vendor('POST', `/subscriptions/${id}/${what}`, body)
const list = async (company: string) => (await managed.vendor('GET', `/companies/${company}/subscriptions`)).body.subscriptions

test('a subscription is upcoming, active or ended by time alone', async () => {
  const id = await customer('A')
  const active = await start(id, { kind: 'paid', endsAt: inDays(30) })
  expect([active.status, active.body.state, active.body.kind]).toEqual([201, 'active', 'paid'])
  const upcoming = await start(id, { kind: 'paid', startsAt: active.body.endsAt, endsAt: inDays(60) })
  expect(upcoming.body.state).toBe('upcoming')
  expect((await list(id)).map((one: { id: string }) => one.id)).toEqual([upcoming.body.id, active.body.id])
  expect((await managed.vendor('GET', `/companies/${id}`)).body.subscription).toEqual(active.body)
})

test('a paid subscription that starts during a trial ends the trial at its start', async () => {
  const id = await customer('B')
  const trial = await start(id, { kind: 'trial', endsAt: inDays(30) })
  const startsAt = inDays(5)
  const paid = await start(id, { kind: 'paid', startsAt, endsAt: inDays(365) })
  expect(paid.status).toBe(201)
  const after = (await list(id)).find((one: { id: string }) => one.id === trial.body.id)
  expect(after).toMatchObject({ state: 'active', endsAt: startsAt })
})

test('periods of one customer never overlap, also when they are started at the same moment', async () => {
  const id = await customer('C')
  const answers = await Promise.all([1, 2, 3, 4].map(() => start(id, { kind: 'paid', endsAt: inDays(30) })))
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409])
  const [present] = await list(id)
  const next = await start(id, { kind: 'paid', startsAt: inDays(30.5), endsAt: inDays(60) })
  expect(next.status).toBe(201)
  const extended = await act(present.id, 'extension', { endsAt: inDays(45) })
  expect([extended.status, extended.body.title]).toEqual([409, 'Subscriptions overlap'])
  expect((await list(id)).find((one: { id: string }) => one.id === present.id).endsAt).toBe(present.endsAt)
})

test('a canceled subscription holds to its end, and is not extended', async () => {
  const { body } = await start(await customer('D'), { kind: 'paid', endsAt: inDays(30) })
  const endsAt = inDays(40)
  expect((await act(body.id, 'extension', { endsAt })).body.endsAt).toBe(endsAt)
  expect((await act(body.id, 'extension', { endsAt: inDays(39) })).status).toBe(400)
  const canceled = await act(body.id, 'cancellation')
  expect(canceled.body).toMatchObject({ state: 'active', endsAt })
  expect((await act(body.id, 'cancellation')).body).toEqual(canceled.body)
  expect((await act(body.id, 'extension', { endsAt: inDays(50) })).body.title).toBe('This subscription is closed')
})

test('a terminated subscription ends at once, an upcoming one before it begins', async () => {
  const id = await customer('E')
  const { body } = await start(id, { kind: 'paid', endsAt: inDays(30) })
  const terminated = await act(body.id, 'termination')
  expect(terminated.body.state).toBe('ended')
  expect((await act(body.id, 'termination')).body).toEqual(terminated.body)
  expect((await act(body.id, 'cancellation')).status).toBe(409)
  const upcoming = await start(id, { kind: 'paid', startsAt: inDays(1), endsAt: inDays(30) })
  await act(upcoming.body.id, 'termination')
  expect((await start(id, { kind: 'paid', endsAt: inDays(30) })).status).toBe(201)
})

test('only a customer has subscriptions; times must be times, in order and not past', async () => {
  const partner = await managed.vendor('POST', '/companies', { kind: 'partner', name: 'P' })
  expect((await start(partner.body.id, { kind: 'paid', endsAt: inDays(1) })).body.title).toBe('Not a customer')
  expect((await start('nothing', { kind: 'paid', endsAt: inDays(1) })).status).toBe(404)
  expect((await act('nothing', 'termination')).status).toBe(404)
  const id = await customer('F')
  for (const body of [
    { kind: 'paid', endsAt: 'tomorrow' },
    { kind: 'paid', startsAt: inDays(2), endsAt: inDays(1) },
    { kind: 'paid', startsAt: inDays(-2), endsAt: inDays(-1) },
    { kind: 'gift', endsAt: inDays(1) },
  ]) {
    expect((await start(id, body)).status, JSON.stringify(body)).toBe(400)
  }
})

test('a customer sees its own subscription: the active one, else the latest', async () => {
  const own: Staffed = await managed.staffed('customer', 'G')
  expect((await own.ask('GET', '/subscription')).body).toEqual({ upcoming: [] })
  const { body } = await start(own.id, { kind: 'trial', endsAt: inDays(30) })
  await start(own.id, { kind: 'paid', startsAt: inDays(40), endsAt: inDays(60) })
  expect((await own.ask('GET', '/subscription')).body.subscription).toEqual(body)
})
