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

test('a job that fails is told until it succeeds; why, the log alone tells', async () => {
  let fails = true
  const stop = hourly(
    managed.server.context,
    'a job of the test',
    async () => {
      if (fails) throw new Error('select a secret')
    },
    10,
  )
  const job = async () => (await state()).jobs.find((one: { job: string }) => one.job === 'a job of the test')
  await expect.poll(async () => (await job())?.failuresInRow).toBeGreaterThan(1)
  expect(JSON.stringify(await state())).not.toContain('secret')
  expect(Object.keys(await job()).sort()).toEqual(['beganAt', 'failedAt', 'failuresInRow', 'job'])
  fails = false
  await expect.poll(async () => (await job())?.failuresInRow).toBe(0)
  expect((await job()).succeededAt > (await job()).failedAt).toBe(true)
  await stop()
})
