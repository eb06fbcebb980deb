import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, inDays, type Managed, startManaged } from '../../../test/support/management.ts'
import { hourly } from '../../jobs/hourly.ts'

let managed: Managed
beforeAll(async () => {
  managed = await startManaged({ flags: ['--measurement-hours', '96'] })
})
afterAll(() => managed.close())

const state = async () => (await managed.vendor('GET', '/installation/state')).body

test('the vendor sees what runs, on which database, with which settings, and how much there is', async () => {
  const customer = await managed.staffed('customer', 'North Bakery')
  const partner = await managed.staffed('partner', 'Acme')
  const partnership = await connect(managed, customer, partner)
  expect((await state()).companies).toEqual({ partners: 1, customers: 1, validCustomers: 0 })

  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
  await customer.ask('PUT', `/partnerships/${partnership}/consent`, {})
  await customer.ask('POST', '/gateways', { name: 'Basement' })
  expect(await state()).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    database: managed.server.engine === 'postgres' ? 'PostgreSQL' : 'embedded',
    databaseBytes: expect.any(Number),
    url: managed.server.url,
    settings: { rateLimitFactor: 1, measurementHours: 96, metricsPort: 0, trustedProxies: [] },
    companies: { partners: 1, customers: 1, validCustomers: 1 },
    gateways: { all: 1, silent: 0 },
    mail: { sends: false, givenUp: 0 },
    record: { acts: expect.any(Number), signedAt: expect.any(String) },
  })
})

test('each job says how often it runs, those that go on all the time as well', async () => {
  const everyMs = async () =>
    Object.fromEntries((await state()).jobs.map(({ job, everyMs }: { job: string; everyMs: number }) => [job, everyMs]))
  await expect.poll(everyMs).toMatchObject({ coverage: expect.any(Number), 'roll-ups': 10_000, 'events of feeds': 500 })
})

test('the vendor sees the limits, whose requests they refused, and what is kept for how long', async () => {
  const few = await startManaged({ flags: ['--rate-limit-factor', '0.1'] })
  try {
    const customer = await few.staffed('customer', 'Hasty')
    await few.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
    const { key, secret } = (await customer.ask('POST', '/keys', { name: 'Loop', kind: 'own' })).body
    const read = () =>
      fetch(`${few.server.url}/rest/v1/organizations/${customer.id}/inventory`, {
        headers: { authorization: `Bearer ${secret}` },
      })
    const statuses: number[] = []
    for (let count = 0; count < 8; count += 1) statuses.push((await read()).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429])
    const limits = async () => (await few.vendor('GET', '/installation/limits')).body
    await expect
      .poll(async () => (await limits()).refused, { timeout: 10_000 })
      .toEqual([
        {
          company: { id: customer.id, name: 'Hasty' },
          key: { id: key.id, name: 'Loop' },
          requests: 2,
          lastAt: expect.any(String),
        },
      ])
    expect(await limits()).toMatchObject({ factor: 0.1, perMinute: { list: 6, device: 60 } })
    const { kept } = (await few.vendor('GET', '/installation/retention')).body
    expect(kept).toContainEqual({ what: 'accesses', hours: 400 * 24, count: expect.any(Number), oldestAt: expect.any(String) })
    expect(kept).toContainEqual({ what: 'measurements', hours: 72 })
  } finally {
    await few.close()
  }
})

test('a job is done soon after the start; one that fails is told until it succeeds; why, the log alone tells', async () => {
  let fails = true
  const stop = hourly(
    managed.server.context,
    'a job of the test',
    async () => {
      if (fails) throw new Error('select a secret')
    },
    10,
  )
  const stopSoon = hourly(managed.server.context, 'an hourly job of the test', async () => {}, 3_600_000, 10)
  const job = async (name = 'a job of the test') => (await state()).jobs.find((one: { job: string }) => one.job === name)
  await expect.poll(async () => (await job())?.failuresInRow).toBeGreaterThan(0)
  expect(JSON.stringify(await state())).not.toContain('secret')
  expect(Object.keys(await job()).sort()).toEqual(['beganAt', 'everyMs', 'failedAt', 'failuresInRow', 'job'])
  fails = false
  await expect.poll(async () => (await job())?.failuresInRow).toBe(0)
  expect((await job()).succeededAt > (await job()).failedAt).toBe(true)
  await expect
    .poll(() => job('an hourly job of the test'))
    .toMatchObject({ everyMs: 3_600_000, succeededAt: expect.any(String), failuresInRow: 0 })
  await Promise.all([stop(), stopSoon()])
})
