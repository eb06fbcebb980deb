import type { Appender } from './appender.ts'
import { type BadLine, type ReadReport, reportBounds } from './report.ts'

/** What a gateway is answered to a report of measurements. */
export interface ReportAnswer {
  batchId: string
  /** It was stored before, and nothing was stored now; the counts are those of then. */
  duplicate: boolean
  accepted: number
  refused: number
  errors: BadLine[]
}

/** A report: its id, its digest, its lines. */
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
  { appender }: { appender: Pick<Appender, 'append'> },
  gateway: ReportingGateway,
  { batchId, digest, lines, count, bad }: GivenReport,
): Promise<ReportAnswer | 'reused'> {
  const answer: ReportAnswer = {
    batchId,
    duplicate: false,
    accepted: count,
    refused: bad.length,
    errors: bad.slice(0, reportBounds.errorsMax),
  }
  const outcome = await appender.append(gateway.organizationId, {
    gatewayId: gateway.id,
    batchId,
    digest,
    answer: JSON.stringify(answer),
    trialDue: gateway.trialDue,
    address: gateway.address,
    lines,
  })
  if (outcome.stored) return answer
  return 'reused' in outcome ? 'reused' : { ...(JSON.parse(outcome.answer) as ReportAnswer), duplicate: true }
}
