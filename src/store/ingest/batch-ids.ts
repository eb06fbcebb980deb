import sql from 'sql-template-tag'
import type { Db } from '../database.ts'

/** What is kept of a batch that was accepted before: its content's digest and the answer it got. */
export interface FormerBatch {
  digest: Uint8Array
  answer: string
}

/**
 * Takes a batch's id for this transaction, or gives the batch that has it (I7). A second one with the same id waits here until
 * the first is stored or refused.
 */
export async function takeBatchId(tx: Db, gatewayId: string, batchId: string, digest: Uint8Array): Promise<FormerBatch | null> {
  const taken = await tx.rows(sql`
    insert into ingest_batch (gateway_id, batch_id, digest)
    values (${gatewayId}, ${batchId}, ${digest})
    on conflict do nothing
    returning batch_id`)
  if (taken.length > 0) return null
  const [former] = await tx.rows<FormerBatch>(sql`
    select digest, answer from ingest_batch where gateway_id = ${gatewayId} and batch_id = ${batchId}`)
  return former ?? null
}

export async function keepAnswer(tx: Db, gatewayId: string, batchId: string, answer: string): Promise<void> {
  await tx.rows(sql`update ingest_batch set answer = ${answer} where gateway_id = ${gatewayId} and batch_id = ${batchId}`)
}
