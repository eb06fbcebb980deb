import { acceptReport, type ReportAnswer } from '../src/measurements/accept-report.ts'
import { type Appender, blocksOf } from '../src/measurements/appender.ts'
import { readReport, reportDigest } from '../src/measurements/report.ts'
import { SensorTable } from '../src/measurements/sensor-table.ts'
import { Threads } from '../src/measurements/threads.ts'
import type { Database } from '../src/store/database.ts'
import { demoGateway } from '../src/store/gateways.ts'
import { liveSensors } from '../src/store/ingest/references.ts'
import { appendReports } from '../src/store/measurements/append.ts'
import { worldOf } from './batches.ts'
import { dayMs, minuteMs } from './dates.ts'
import { measurementLines } from './measurements.ts'
import { demoPlan, type OrganizationPlan } from './organizations.ts'
import { sensorsOf } from './sensors.ts'
import { type DemoLife, type StepContext, takeSteps } from './steps.ts'

/** How often the demo company's sensors are read. */
const everyMs = 10_000
/** How often those of a world were, over the day before it began; and how much of it one report holds. */
const pastEveryMs = 5 * minuteMs
const reportMs = 4 * 60 * minuteMs

export interface Reporting {
  db: Database
  appender: Pick<Appender, 'append'>
}

/** Lets the demo company's sensors measure: at once, and then every 10 seconds. Several processes report the same, which is stored once (I7). */
export function startDemoMeasurements(context: StepContext & Reporting, stepMs = everyMs): DemoLife {
  return takeSteps(context, 'the demo company', stepMs, (step) => measureStep(context, step, stepMs))
}

/** Lets the demo company's gateway report what its sensors measure at one step. Null where there is no demo company. */
export async function measureStep(context: Reporting, step: number, stepMs: number): Promise<ReportAnswer | 'reused' | null> {
  const gateway = await demoGateway(context.db.system)
  if (gateway === null) return null
  const at = new Date(step * stepMs)
  const text = measurementLines(sensorsIn(demoPlan, new Date(gateway.createdAt)), at)
  return report(context, gateway, `measured-${stepMs}-${step}`, text, at)
}

/** Stores what the sensors of a plan measured in the day before `now`, every 5 minutes. `db` may be one that works within a transaction. */
export async function addPastMeasurements(
  db: Database,
  randomBytes: (size: number) => Buffer,
  gateway: { id: string; organizationId: string },
  plan: OrganizationPlan,
  now: Date,
): Promise<void> {
  const threads = new Threads(1)
  const appender: Reporting['appender'] = {
    append: async (organizationId, given) => {
      const [outcome] = await appendReports(db, organizationId, [given], () => blocksOf(threads, [given.lines], randomBytes))
      if (outcome === undefined) throw new Error('A report had no outcome.')
      return outcome
    },
  }
  const sensors = sensorsIn(plan, now)
  const end = Math.floor(now.getTime() / pastEveryMs) * pastEveryMs
  try {
    for (let from = end - dayMs; from < end; from += reportMs) {
      let text = ''
      for (let at = from; at < from + reportMs; at += pastEveryMs) text += measurementLines(sensors, new Date(at + pastEveryMs))
      await report({ db, appender }, gateway, `world-measured-${from}`, text, now)
    }
  } finally {
    await threads.close()
  }
}

export function sensorsIn(plan: OrganizationPlan, began: Date) {
  const { devices } = worldOf(plan, began).inventory
  const types = new Map(devices.map(({ ref, type }) => [ref, type]))
  return sensorsOf(devices).map((sensor) => ({ ...sensor, deviceType: types.get(sensor.deviceRef) ?? '' }))
}

/** By the way of any gateway's report, but for HTTP. */
export async function report(
  context: Reporting,
  gateway: { id: string; organizationId: string },
  batchId: string,
  text: string,
  now: Date,
): Promise<ReportAnswer | 'reused'> {
  const sensors = SensorTable.of(await liveSensors(context.db.system, gateway.id), 0)
  const body = Buffer.from(text)
  const reporting = { ...gateway, trialDue: false, address: '127.0.0.1' }
  const read = readReport(body, sensors, now)
  return acceptReport(context, reporting, { batchId, digest: reportDigest(body), ...read })
}
