import sql from 'sql-template-tag'
import type { BlockToken } from '../../domain/replay-offset.ts'
import type { Actor, Database, Db } from '../database.ts'
import { startTrial } from '../ingest/trial.ts'
import { keepMeasurementDays } from './days.ts'

/** A gateway's report of measurements as it is stored: its id and digest, and what it is answered. */
export interface StoredReport {
  gatewayId: string
  batchId: string
  digest: Uint8Array
  /** JSON text. */
  answer: string
  trialDue: boolean
  address: string
}

export interface NewBlock {
  token: BlockToken
  lines: number
  rawLength: number
  crc32: number
  block: Uint8Array
}

type BlocksOf = (fresh: readonly number[]) => Promise<NewBlock[]>

/** What became of a report: stored now; stored before, with the answer it got then; or its id was used for another content. */
export type Outcome = { stored: true } | { stored: false; answer: string } | { stored: false; reused: true }

/**
 * Stores reports of one organization and the blocks of their lines in one transaction (I7). Ids go first: of a report that was stored before,
 * nothing is stored again. `blocksOf` is given the places of the new ones, in their order, and makes their blocks before the head is locked.
 */
export async function appendReports(
  db: Database,
  organizationId: string,
  reports: readonly StoredReport[],
  blocksOf: BlocksOf,
): Promise<Outcome[]> {
  try {
    return await appended(db, organizationId, reports, blocksOf)
  } catch (error) {
    // No day for it: the clock has jumped by days since they were made.
    if (!(error instanceof Error && 'code' in error && error.code === '23514')) throw error
    await keepMeasurementDays(db)
    return appended(db, organizationId, reports, blocksOf)
  }
}

async function appended(
  db: Database,
  organizationId: string,
  reports: readonly StoredReport[],
  blocksOf: BlocksOf,
): Promise<Outcome[]> {
  return db.transaction('system', actorOf(organizationId, reports), async (tx) => {
    const taken = await takeIds(tx, reports)
    // Of two with one id that came together, the first is stored.
    const first = new Map(reports.map((report, place) => [idOf(report), place] as const).reverse())
    const isFresh = (report: StoredReport, place: number) => taken.has(idOf(report)) && first.get(idOf(report)) === place
    const fresh = reports.flatMap((report, place) => (isFresh(report, place) ? [place] : []))
    for (const block of await blocksOf(fresh)) await appendBlock(tx, organizationId, block)
    if (reports.some((report) => report.trialDue)) await startTrial(tx, organizationId)
    if (fresh.length === reports.length) return reports.map(() => ({ stored: true }))
    const former = await formerReports(tx, reports)
    return reports.map((report, place) =>
      isFresh(report, place) ? { stored: true } : outcomeOf(report, former.get(idOf(report))),
    )
  })
}

/** The head row's lock, taken here and held to the commit, is the order of blocks. A blind append needs no statement of its own for it (I5). */
async function appendBlock(tx: Db, organizationId: string, block: NewBlock): Promise<void> {
  await tx.rows(sql`
    with head as (
      update measurement_head
         set seq = seq + 1, accepted_at = greatest(accepted_at, clock_timestamp())
       where organization_id = ${organizationId}
      returning organization_id, seq, accepted_at)
    insert into measurement_block (accepted_at, seq, token, lines, raw_length, crc32, code, block)
    select h.accepted_at, h.seq, ${block.token}::uuid, ${block.lines}::integer, ${block.rawLength}::integer, ${block.crc32 | 0}::integer, l.code,
           ${block.block}::bytea
      from head h
      join measurement_log l on l.organization_id = h.organization_id`)
}

/** Which ids were taken now. In one order, so that two transactions with the same ids do not wait for each other. */
async function takeIds(tx: Db, reports: readonly StoredReport[]): Promise<Set<string>> {
  const rows = await tx.rows<{ gatewayId: string; batchId: string }>(sql`
    insert into ingest_batch (gateway_id, batch_id, digest, answer)
    select x.gateway_id, x.batch_id, decode(x.digest, 'hex'), x.answer
      from unnest(${reports.map((one) => one.gatewayId)}::text[], ${reports.map((one) => one.batchId)}::text[],
                  ${reports.map((one) => Buffer.from(one.digest).toString('hex'))}::text[], ${reports.map((one) => one.answer)}::text[])
        as x(gateway_id, batch_id, digest, answer)
     order by x.gateway_id, x.batch_id
    on conflict do nothing
    returning gateway_id as "gatewayId", batch_id as "batchId"`)
  return new Set(rows.map(idOf))
}

async function formerReports(tx: Db, reports: readonly StoredReport[]) {
  const rows = await tx.rows<{ gatewayId: string; batchId: string; digest: Uint8Array; answer: string }>(sql`
    select b.gateway_id as "gatewayId", b.batch_id as "batchId", b.digest, b.answer
      from ingest_batch b
      join unnest(${reports.map((one) => one.gatewayId)}::text[], ${reports.map((one) => one.batchId)}::text[]) x(gateway_id, batch_id)
        on x.gateway_id = b.gateway_id and x.batch_id = b.batch_id`)
  return new Map(rows.map((row) => [idOf(row), row]))
}

function outcomeOf(report: StoredReport, former: { digest: Uint8Array; answer: string } | undefined): Outcome {
  if (former !== undefined && Buffer.from(report.digest).equals(former.digest)) return { stored: false, answer: former.answer }
  return { stored: false, reused: true }
}

function idOf({ gatewayId, batchId }: { gatewayId: string; batchId: string }): string {
  return `${gatewayId} ${batchId}`
}

/** All that a gateway's measurements can set off is its company's trial: whoever sent the first report of the transaction did it. */
function actorOf(organizationId: string, reports: readonly StoredReport[]): Actor {
  const report = reports.find((one) => one.trialDue)
  if (report === undefined) return { kind: 'system' }
  return { kind: 'gateway', id: report.gatewayId, company: organizationId, address: report.address }
}
