import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ask, inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'

interface Act {
  at: string
  verb: string
  record: string
  personal?: { data: string }
}

let managed: Managed
let customer: Staffed
beforeAll(async () => {
  managed = await startManaged()
  customer = await managed.staffed('customer', 'North Bakery')
})
afterAll(() => managed.close())

const actsFor = async (ask: Ask): Promise<Act[]> => (await ask('GET', '/acts?limit=1000')).body.acts
const fromOf = (act: Act | undefined) => act?.personal && JSON.parse(act.personal.data).from

test('from where somebody acted is told to his own company and the vendor, not to whom he acted on', async () => {
  await managed.vendor('PUT', `/companies/${customer.id}/suspension`)
  await managed.vendor('DELETE', `/companies/${customer.id}/suspension`)
  await customer.ask('POST', '/gateways', { name: 'One' })
  const shown = (acts: Act[]) =>
    ['company.suspended', 'setup_link.created', 'member.created', 'gateway.created'].map((verb) => {
      const act = acts.find((one) => one.verb === verb && one.record.includes(customer.id))
      return [verb, fromOf(act)]
    })
  expect(shown(await actsFor(customer.ask))).toEqual([
    ['company.suspended', undefined],
    ['setup_link.created', undefined],
    ['member.created', '127.0.0.1'],
    ['gateway.created', '127.0.0.1'],
  ])
  expect(shown(await actsFor(managed.vendor)).map(([, from]) => from)).toEqual(Array(4).fill('127.0.0.1'))
  const started = (await actsFor(customer.ask)).find((act) => act.verb === 'session.started')
  expect(JSON.parse(started?.personal?.data ?? '{}')).toMatchObject({ ip_address: '127.0.0.1' })
})

test('a trial that begins with a gateway is its act, from where it sends; cut short by a paid one, it was not extended', async () => {
  const { body } = await customer.ask('POST', '/gateways', { name: 'Two' })
  const batch = await fetch(`${managed.server.url}/ingest/v1/batches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${body.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batchId: 'first' }),
  })
  expect(batch.status).toBe(200)
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(60) })

  const acts = (await actsFor(customer.ask)).filter((act) => act.verb.startsWith('subscription.'))
  expect(acts.map((act) => act.verb)).toEqual(['subscription.started', 'subscription.shortened', 'subscription.started'])
  expect(JSON.parse(acts[0]?.record ?? '').actor).toEqual({ kind: 'gateway', id: body.gateway.id, company: customer.id })
  expect(fromOf(acts[0])).toBe('127.0.0.1')
})

test('acts have times in their order, also when many are done at once', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, nth) => customer.ask('POST', '/gateways', { name: `At once ${nth}` })))
  const times = (await actsFor(managed.vendor)).map((act) => JSON.parse(act.record).at as string)
  expect(times).toEqual([...times].sort())
})
