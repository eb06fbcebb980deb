import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { systemClock } from '../../src/clock.ts'
import { rollUpMeasurements } from '../../src/jobs/roll-ups.ts'
import { rolledUpDays } from '../../src/measurements/lines.ts'
import { Threads } from '../../src/measurements/threads.ts'
import { keepMeasurementDays, keepRollUpMonths } from '../../src/store/measurements/days.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { partner } from '../companies.ts'
import type { Measured, Stage } from '../stage.ts'
import { withClient } from '../with-client.ts'
import { appendAtOnce, type GivenReport } from './appending.ts'
import { Values } from './values.ts'
import { type GatewaySeed, gateway, log } from './world.ts'

/**
 * Bytes a measurement: of the log with its indexes; of the 5-minute values made of it, which are kept for longer; and of the ids of reports, which
 * are kept for a week.
 */
export interface Stored {
  log: Measured
  rollUps: Measured
  reportIds: Measured
}

/**
 * One organization of 1,000 sensors, each read every second by one of ten gateways. These report at ten moments of a second, so that each of the
 * tenths in which reports are gathered has one.
 */
export function storedOfOne(stage: Stage): Promise<Stored> {
  return stored(stage, { organizations: 1, gatewaysEach: 10, sensorsEach: 100, everyMs: 1000, rounds: 1000 })
}

/** A thousand organizations of 50 sensors, read every five minutes. */
export function storedOfMany(stage: Stage): Promise<Stored> {
  return stored(stage, { organizations: 1000, gatewaysEach: 1, sensorsEach: 50, everyMs: 300_000, rounds: 12 })
}

interface Shape {
  organizations: number
  gatewaysEach: number
  sensorsEach: number
  /** How often a gateway reports. */
  everyMs: number
  /** How often each does here. */
  rounds: number
}

async function stored(stage: Stage, shape: Shape): Promise<Stored> {
  const databaseUrl = await stage.emptyDatabase()
  const gateways = await withClient(databaseUrl, (client) => seed(client, shape))
  const db = openPostgres(databaseUrl, () => {})
  const threads = new Threads()
  try {
    await keepMeasurementDays(db)
    await keepRollUpMonths(db, rolledUpDays)
    await appendAtOnce(databaseUrl, reportsOf(gateways, shape))
    await rollUpMeasurements({ db, threads, clock: systemClock })
  } finally {
    await threads.close()
    await db.close()
  }
  const size = await withClient(databaseUrl, sizeOf)
  if (size.lines !== shape.rounds * gateways.length * shape.sensorsEach) throw new Error('Measurements are missing.')
  const each = (bytes: number) => ({ value: bytes / size.lines })
  return { log: each(size.log), rollUps: each(size.roll_ups), reportIds: each(size.report_ids) }
}

type Size = Record<'lines' | 'log' | 'roll_ups' | 'report_ids', number>

async function sizeOf(client: pg.Client): Promise<Size> {
  const { rows } = await client.query<Size>(`
    select (select sum(lines)::float8 from measurement_block) as lines,
           (select sum(pg_total_relation_size(tableoid))::float8 from (select distinct tableoid from measurement_block) p) as log,
           (select sum(pg_total_relation_size(tableoid))::float8 from (select distinct tableoid from measurement_rollup) p) as roll_ups,
           pg_total_relation_size('ingest_batch')::float8 as report_ids`)
  return rows[0] as Size
}

async function seed(client: pg.Client, { organizations, gatewaysEach, sensorsEach }: Shape): Promise<GatewaySeed[]> {
  const gateways: GatewaySeed[] = []
  await client.query('begin')
  await client.query("set local session_replication_role = 'replica'")
  await partner(client, 'Stored', organizations)
  for (let nth = 1; nth <= organizations; nth += 1) {
    const series = await log(client, `Stored-${nth}`)
    for (let one = 0; one < gatewaysEach; one += 1)
      gateways.push(await gateway(client, randomBytes(32).toString('hex'), `Stored-${nth}`, series, sensorsEach))
  }
  await client.query('commit')
  return gateways
}

/** As they come in over time, made when they are asked for. */
function* reportsOf(gateways: readonly GatewaySeed[], { everyMs, rounds }: Shape): Generator<GivenReport> {
  const begin = Date.now() - rounds * everyMs
  const values = gateways.map(({ ids }, nth) => new Values(ids, nth))
  for (let round = 0; round < rounds; round += 1) {
    for (const [nth, { id, organization }] of gateways.entries()) {
      const at = Math.round(begin + (round + nth / gateways.length) * everyMs)
      yield { gatewayId: id, organization, lines: (values[nth] as Values).lines('sensorId', at) }
    }
  }
}
