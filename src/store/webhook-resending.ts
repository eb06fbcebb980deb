import sql from 'sql-template-tag'
import type { Db } from './database.ts'
import { dueNow, lockQueues, promote } from './webhook-queue.ts'

/** Which deliveries are sent again: these, or all of a state that were created in a range, or behind one of them. */
export interface WhichAgain {
  ids?: readonly string[] | undefined
  state?: 'failed' | 'delivered' | undefined
  from?: string | undefined
  to?: string | undefined
  after?: string | undefined
}

/** What came of sending deliveries again. */
export type SentAgain =
  /** How many; and behind which there are more of a range: null: behind none. */
  | { resent: number; next: string | null }
  /** As many wait as may, so that none of them, or not all of those that were named, can be sent now. */
  | 'full'
  /** There is no delivery to go on behind. */
  | 'unknown-after'

/**
 * Makes settled deliveries due again, with all their attempts before them and under their own ids, at most `limit`, and no more than may wait. What was
 * withheld stays so.
 */
export async function resendDeliveries(
  tx: Db,
  webhookId: string,
  which: WhichAgain,
  limit: number,
  waitingMax: number,
): Promise<SentAgain> {
  await lockQueues(tx, [webhookId])
  if (which.after !== undefined) {
    const known = await tx.rows(
      sql`select 1 as one from webhook_delivery where id = ${which.after} and webhook_id = ${webhookId}`,
    )
    if (known.length === 0) return 'unknown-after'
  }
  const [queue] = await tx.rows<{ waiting: number }>(sql`select waiting from webhook_queue where webhook_id = ${webhookId}`)
  const atOnce = Math.min(limit, Math.max(0, waitingMax - (queue?.waiting ?? 0)))
  const found = await settledAgain(tx, webhookId, which, atOnce + 1)
  const isMore = found.length > atOnce
  if (isMore && (atOnce === 0 || which.ids !== undefined)) return 'full'
  const again = found.slice(0, atOnce)
  const lanes = [...new Set(again.map(({ lane }) => lane))]
  // What waited there has its turn after what is sent again (only the first of a lane has one).
  await tx.rows(sql`
    update webhook_delivery d
       set next_attempt_at = null
     where d.webhook_id = ${webhookId} and d.lane = any (${lanes}::text[]) and d.state = 'waiting' and d.next_attempt_at is not null`)
  await tx.rows(sql`
    update webhook_delivery d
       set state = 'waiting', attempts = 0, settled_at = null, next_attempt_at = null
     where d.id = any (${again.map(({ id }) => id)}::text[])`)
  await promote(tx, webhookId, lanes)
  await dueNow(
    tx,
    again.map(({ notice }) => ({ webhookId, notice })),
  )
  return { resent: again.length, next: isMore ? (again.at(-1)?.id ?? null) : null }
}

/** Those of a webhook's settled deliveries that are meant, in the order in which they were made, at most `limit`. */
function settledAgain(
  tx: Db,
  webhookId: string,
  { ids, state, from, to, after }: WhichAgain,
  limit: number,
): Promise<{ id: string; lane: string; notice: boolean }[]> {
  return tx.rows(sql`
    select x.id, x.lane, x.kind like 'coverage.%' as "notice"
      from webhook_delivery x
     where x.webhook_id = ${webhookId} and x.state in ('failed', 'delivered')
       and (${ids ?? null}::text[] is null or x.id = any (${ids ?? null}::text[]))
       and (${state ?? null}::text is null or x.state = ${state ?? null})
       and (${from ?? null}::timestamptz is null or x.created_at >= ${from ?? null}::timestamptz)
       and (${to ?? null}::timestamptz is null or x.created_at < ${to ?? null}::timestamptz)
       and (${after ?? null}::text is null
            or (x.created_at, x.id) > (select b.created_at, b.id from webhook_delivery b where b.id = ${after ?? null}))
     order by x.created_at, x.id
     limit ${limit}
       for update`)
}
