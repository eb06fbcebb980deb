import type { Db } from '../store/database.ts'
import { liveSensors } from '../store/ingest/references.ts'
import type { Appender } from './appender.ts'
import { type BadLine, type ReadLine, type ReadReport, reportBounds } from './report.ts'

/** What a gateway is answered to a report of measurements. */
export interface ReportAnswer {
  batchId: string
  /** It was stored before, and nothing was stored now; the counts are those of then. */
  duplicate: boolean
  accepted: number
  refused: number
  errors: BadLine[]
}

/** A report as it came: its id, its digest, its lines as far as they can be read without the database. */
export interface GivenReport extends ReadReport {
  batchId: string
  digest: Uint8Array
}

/** Whose report it is. */
export interface ReportingGateway {
  id: string
  organizationId: string
  /** Whether its company has yet to begin its trial. */
  trialDue: boolean
  address: string
}

/**
 * Stores the good lines of a report, once (I7). `reused`: its id was used for another content. Throws Full (appender.ts) where there is no
 * room now.
 */
export async function acceptReport(
  { db, appender }: { db: { system: Db }; appender: Pick<Appender, 'append'> },
  gateway: ReportingGateway,
  { batchId, digest, lines, bad }: GivenReport,
): Promise<ReportAnswer | 'reused'> {
  const refs = [...new Set(lines.map((line) => line.sensorRef))]
  const wire = wireLines(lines, await liveSensors(db.system, gateway.id, refs), bad)
  const answer: ReportAnswer = {
    batchId,
    duplicate: false,
    accepted: wire.count,
    refused: bad.length,
    errors: bad.sort((one, other) => one.line - other.line).slice(0, reportBounds.errorsMax),
  }
  const outcome = await appender.append(gateway.organizationId, {
    gatewayId: gateway.id,
    batchId,
    digest,
    answer: JSON.stringify(answer),
    trialDue: gateway.trialDue,
    address: gateway.address,
    lines: wire.lines,
  })
  if (outcome.stored) return answer
  return 'reused' in outcome ? 'reused' : { ...(JSON.parse(outcome.answer) as ReportAnswer), duplicate: true }
}

/** The lines of known sensors as the wire has them; those of others join the bad ones. */
function wireLines(
  lines: readonly ReadLine[],
  sensors: ReadonlyMap<string, string>,
  bad: BadLine[],
): { lines: Buffer; count: number } {
  const texts: string[] = []
  for (const { line, sensorRef, tail } of lines) {
    const id = sensors.get(sensorRef)
    if (id === undefined) {
      const shown = sensorRef.length > 60 ? `${sensorRef.slice(0, 60).toWellFormed()}…` : sensorRef
      bad.push({ line, detail: `there is no sensor "${shown}": report it in a batch first` })
    } else texts.push(`{"sensorId":"${id}${tail}\n`)
  }
  return { lines: Buffer.from(texts.join(''), 'utf8'), count: texts.length }
}
