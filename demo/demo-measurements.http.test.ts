import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rollUpMeasurements } from '../src/jobs/roll-ups.ts'
import { openStream } from '../test/support/measurement-stream.ts'
import { startServer, type TestServer } from '../test/support/server.ts'
import { measureStep } from './demo-measurements.ts'
import { readWorld, type World } from './world-file.ts'
import { startWorldLife } from './world-life.ts'

let server: TestServer
let world: World

beforeAll(async () => {
  server = await startServer({ engine: 'embedded', world: true })
  world = readWorld(server.dataDir) as World
})
afterAll(() => server.close())

const demoOrganization = async () => {
  const answer = await fetch(`${server.url}/rest/v1/organizations`, { headers: { authorization: `Bearer ${world.keys.demo}` } })
  return ((await answer.json()) as { organizations: { id: string }[] }).organizations[0]?.id as string
}

test('the demo company’s sensors are read again and again, each time once, and its live stream carries it', async () => {
  const stream = await openStream(
    `${server.url}/rest/v1/organizations/${await demoOrganization()}/measurements/live`,
    world.keys.demo,
  )
  // Between two of the demo company's own steps, which are at whole 10 seconds and would come with the same time.
  const step = Math.floor(Date.now() / 10_000) * 10 - 5
  const one = await measureStep(server.context, step, 1000)
  const other = await measureStep(server.context, step, 1000)
  expect([one, other]).toMatchObject([{ duplicate: false }, { duplicate: true }])
  expect(one).toMatchObject({ refused: 0, errors: [] })
  const accepted = one !== null && one !== 'reused' ? one.accepted : 0
  expect(accepted).toBeGreaterThan(100)
  await stream.until(
    'the step',
    (lines) => lines.filter(({ timestamp }) => Date.parse(String(timestamp)) === step * 1000).length === accepted,
  )
  stream.close()
})

test('the world begins with a day of measurements, of the demo company and of each customer, in whole 5 minutes', async () => {
  await rollUpMeasurements(server.context)
  const rowsNow = () =>
    server.database.system.rows<{ organization: string; sensors: number; least: number }>(sql`
      select r.organization_id as organization, count(*) as sensors, min(r.hours) as least
        from (select s.organization_id, s.id, count(*) as hours
                from sensor s
                join measurement_rollup h on h.sensor_id = s.id
               group by s.organization_id, s.id) r
       group by 1`)
  // The server's own job may have begun a part, which is then its to end.
  await expect
    .poll(async () => Math.min(...(await rowsNow()).map(({ least }) => least)), { timeout: 20_000 })
    .toBeGreaterThanOrEqual(24)
  const customers = world.organizations.map(({ id }) => id)
  expect((await rowsNow()).map(({ organization }) => organization).sort()).toEqual(
    [await demoOrganization(), ...customers].sort(),
  )
})

test('the world’s customers go on to measure, until their gateway is removed; what one of them misses is logged as its own', async () => {
  const measuredBy = (organization: string | undefined) =>
    server.database.system.rows(sql`
      select b.batch_id
        from gateway g
        join ingest_batch b on b.gateway_id = g.id
       where g.company_id = ${organization} and b.batch_id like ${`measured-${stepMs}-%`}`)
  const stepMs = 50
  const [first, failing, ...others] = world.organizations
  await server.database.system.rows(sql`update gateway set removed_at = statement_timestamp() where id = ${first?.gateway}`)
  const missed: object[] = []
  const { appender } = server.context
  const context = {
    ...server.context,
    log: { error: (details: object, message: string) => void missed.push({ ...details, message }) },
    appender: {
      append: (organization: string, given: Parameters<typeof appender.append>[1]) =>
        organization === failing?.id ? Promise.reject(new Error('no room')) : appender.append(organization, given),
    },
  }
  const life = startWorldLife(context, world, stepMs)
  try {
    await expect.poll(() => missed.length, { timeout: 60_000 }).toBeGreaterThan(1)
    for (const { id } of others)
      await expect.poll(async () => (await measuredBy(id)).length, { timeout: 60_000 }).toBeGreaterThan(1)
  } finally {
    await life.stop()
  }
  expect(await measuredBy(first?.id)).toEqual([])
  const ofOne = { gatewayId: failing?.gateway, message: 'a gateway of the world to try missed a step' }
  expect(missed).toEqual(missed.map(() => expect.objectContaining(ofOne)))
})
