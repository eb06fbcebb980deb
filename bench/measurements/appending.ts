import { randomBytes } from 'node:crypto'
import { Registry } from 'prom-client'
import { Appender } from '../../src/measurements/appender.ts'
import { measurementMetrics } from '../../src/measurements/metrics.ts'
import { Threads } from '../../src/measurements/threads.ts'
import type { Database } from '../../src/store/database.ts'
import { openPostgres } from '../../src/store/postgres.ts'

/** A report of one gateway, with its lines in the wire form. */
export interface GivenReport {
  gatewayId: string
  organization: string
  lines: string
}

const atOnce = 4
const threads = new Threads()
const metrics = measurementMetrics(new Registry(), { readers: () => 0, backlogBytes: () => 0, unsentBytes: () => 0 })

/** Stores reports by the server's code, each as if nothing else had come in the time in which reports are gathered. */
export async function appendAtOnce(databaseUrl: string, reports: Iterable<GivenReport>): Promise<void> {
  const db = openPostgres(databaseUrl, () => {})
  const rest = reports[Symbol.iterator]()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = rest.next(); !next.done; next = rest.next()) await append(db, next.value)
    }),
  )
  await db.close()
}

export function newAppender(db: Database): Appender {
  return new Appender(db, threads, randomBytes, metrics, () => {})
}

async function append(db: Database, { gatewayId, organization, lines }: GivenReport): Promise<void> {
  const appender = newAppender(db)
  const stored = appender.append(organization, storedReport(gatewayId, lines))
  // It does not wait for more, as it would for a tenth of a second.
  await appender.close()
  await stored
}

/** As the operation makes it (api/ingest/send-measurements.ts). */
export function storedReport(gatewayId: string, lines: string) {
  const batchId = randomBytes(12).toString('hex')
  const accepted = lines.split('\n').length - 1
  return {
    gatewayId,
    batchId,
    digest: randomBytes(32),
    answer: JSON.stringify({ batchId, duplicate: false, accepted, refused: 0, errors: [] }),
    trialDue: false,
    address: '127.0.0.1',
    lines: Buffer.from(lines),
  }
}
