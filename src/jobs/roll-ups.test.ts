import fc from 'fast-check'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newGateway, newOrganization, storedOf, type TestGateway } from '../../test/support/ingest.ts'
import { startServer, type TestServer } from '../../test/support/server.ts'
import { addTo, emptyHour, type Hour, hourMs, readHour } from '../measurements/slots.ts'
import { dropRollUpMonths, keepRollUpMonths } from '../store/measurements/days.ts'
import { rollUpMeasurements } from './roll-ups.ts'

let server: TestServer
let organization: string
let gateway: TestGateway
let ids: Record<string, string>
let reports = 0

const refs = ['load', 'volts', 'status']

beforeAll(async () => {
  server = await startServer({ flags: ['--rate-limit-factor', '1000000'] })
})
afterAll(() => server.close())
beforeEach(newSite)

async function newSite(): Promise<void> {
  organization = await newOrganization(server)
  gateway = await newGateway(server, organization)
  await gateway.send({
    batchId: 'devices',
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS' }] },
    sensors: { full: true, sensors: refs.map((ref) => ({ ref, deviceRef: 'ups', label: ref, type: 'T' })) },
  })
  const { sensors } = await storedOf(server, organization)
  ids = Object.fromEntries([...sensors].map(([id, sensor]) => [sensor.label as string, id]))
}

interface Given {
  ref: string
  at: number
  value: number | string
}

async function measure(given: readonly Given[]): Promise<void> {
  reports += 1
  const lines = given.map(({ ref, at, value }) => ({
    sensorRef: ref,
    timestamp: new Date(at).toISOString(),
    ...(typeof value === 'number' ? { numericValue: value } : { stringValue: value }),
  }))
  expect((await gateway.measure(`m-${reports}`, lines)).body).toMatchObject({ accepted: given.length, refused: 0 })
}

/** What is rolled up of the organization: its hours by sensor and begin. */
async function rolledUp(): Promise<Map<string, Hour>> {
  const rows = await server.database.system.rows<{ id: string; hour: number; slots: Uint8Array }>(sql`
    select r.sensor_id as id, extract(epoch from r.hour)::float8 as hour, r.slots
      from measurement_rollup r
      join sensor s on s.id = r.sensor_id and s.organization_id = ${organization}`)
  return new Map(rows.map(({ id, hour, slots }) => [`${id} ${hour * 1000}`, readHour(slots, hour * 1000)]))
}

/** The same reckoned from what was sent, in its order. */
function reckoned(given: readonly Given[]): Map<string, Hour> {
  const hours = new Map<string, Hour>()
  for (const { ref, at, value } of given) {
    const name = `${ids[ref]} ${at - (at % hourMs)}`
    const hour = hours.get(name) ?? emptyHour()
    addTo(hour, at, value)
    hours.set(name, hour)
  }
  return hours
}

const back = (hours: number) => Date.now() - hours * hourMs

const report = fc.array(
  fc.record({
    ref: fc.constantFrom(...refs),
    minutesBack: fc.integer({ min: 1, max: 200 }),
    value: fc.oneof(fc.constant(-0), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom('on', 'off', 'läuft')),
  }),
  { minLength: 1, maxLength: 40 },
)

test('roll-ups are what the measurements say, to the last bit, in whatever pieces and by however many processes they are made', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ report, before: fc.constantFrom('nothing', 'one', 'three at once') }), { minLength: 1, maxLength: 8 }),
      async (steps) => {
        await newSite()
        const sent: Given[] = []
        for (const { report, before } of steps) {
          // JSON has no -0: what is sent of it is 0.
          const given = report.map(({ ref, minutesBack, value }) => {
            return { ref, at: Date.now() - minutesBack * 60_000, value: value === 0 ? 0 : value }
          })
          sent.push(...given)
          await measure(given)
          const processes = { nothing: 0, one: 1, 'three at once': 3 }[before]
          await Promise.all(Array.from({ length: processes }, () => rollUpMeasurements(server.context)))
        }
        // The server's own job may just have claimed what is left: then it is the one that finishes.
        const finished = async () => {
          await rollUpMeasurements(server.context)
          return rolledUp()
        }
        await expect.poll(finished, { timeout: 20_000 }).toEqual(reckoned(sent))
      },
    ),
    { numRuns: 15 },
  )
}, 120_000)

test('what fails midway is rolled up once all the same', async () => {
  const given = [1, 2, 3].map((value) => ({ ref: 'load', at: back(1) + value, value }))
  await measure(given)
  await server.database.script(`
    create function refuse() returns trigger language plpgsql as $$ begin raise 'planted'; end $$;
    create trigger refuse before insert on measurement_rollup for each row execute function refuse()`)
  try {
    await expect(rollUpMeasurements(server.context)).rejects.toThrow('planted')
  } finally {
    await server.database.script('drop trigger refuse on measurement_rollup; drop function refuse()')
  }
  expect(await rolledUp()).toEqual(new Map())
  // What a process that failed had claimed is the others' again after a while.
  await server.database.system.rows(sql`update measurement_rollup_position set claimed_until = '-infinity'`)
  await rollUpMeasurements(server.context)
  expect(await rolledUp()).toEqual(reckoned(given))
})

test('a process that comes second with the same blocks changes nothing', async () => {
  const given = [{ ref: 'load', at: back(1), value: 5 }]
  await measure(given)
  const unclaimed = () => server.database.system.rows(sql`update measurement_rollup_position set claimed_until = '-infinity'`)
  const both = [rollUpMeasurements(server.context), unclaimed().then(() => rollUpMeasurements(server.context))]
  await Promise.all(both)
  expect(await rolledUp()).toEqual(reckoned(given))
})

test('what was measured over 90 days ago is left out, and a clock that is ahead counts as the moment of acceptance', async () => {
  const old = { ref: 'load', at: back(24 * 90 + 1), value: 1 }
  const kept = { ref: 'load', at: back(24 * 90 - 3), value: 2 }
  const before = Date.now()
  await measure([old, kept, { ref: 'volts', at: Date.now() + hourMs / 2, value: 230 }])
  await rollUpMeasurements(server.context)
  const hours = await rolledUp()
  const [[name, expected]] = [...reckoned([kept])] as [[string, Hour]]
  expect(hours.get(name)).toEqual(expected)
  expect([...hours.keys()].filter((one) => one.startsWith(ids.load as string))).toEqual([name])
  const ahead = [...hours].find(([one]) => one.startsWith(ids.volts as string))?.[1].find((slot) => slot !== null)
  expect(ahead?.numbers?.lastAt).toBeGreaterThanOrEqual(before)
  expect(ahead?.numbers?.lastAt).toBeLessThanOrEqual(Date.now())
})

test('a month is dropped when all of it is older than 90 days, and not before', async () => {
  await server.database.script(`select keep_rollup_months(current_date - 400, current_date - 300)`)
  await keepRollUpMonths(server.database, 90)
  const dropped = await dropRollUpMonths(server.database, 90)
  expect(dropped.length).toBeGreaterThanOrEqual(4)
  const oldest = new Date(back(24 * 91)).toISOString().slice(0, 7).replace('-', '')
  const kept = await server.database.system.rows<{ name: string }>(sql`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'measurement_rollup'::regclass order by 1`)
  expect(kept[0]?.name).toBe(`measurement_rollup_${oldest}`)
})
