import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/** Between two attempts lies no more than a day and its jitter: where it was more, no server ran. */
const gapMaxMs = 27 * 60 * 60_000

/** How long a webhook `q` has failed while something waited for it, in ms: that is what counts of the time since its last success. */
const failedForMs = sql`(q.failed_ms + case when q.failed_at is null then 0 else least(extract(epoch from statement_timestamp() - q.failed_at) * 1000, ${gapMaxMs}) end)`

/** Writes down how attempts at a webhook's receiver ended: one success ends a failure; where none succeeded, it begins or goes on. */
export async function noteHealth(tx: Db, webhookId: string, succeeded: boolean): Promise<void> {
  if (succeeded) return forgetFailure(tx, webhookId)
  await tx.rows(sql`
    update webhook_queue q
       set failing_since = coalesce(q.failing_since, statement_timestamp()), failed_ms = ${failedForMs}, failed_at = statement_timestamp()
     where q.webhook_id = ${webhookId}`)
}

/** Its receiver has answered, is another one, or is to be tried anew. */
export async function forgetFailure(tx: Db, webhookId: string): Promise<void> {
  await tx.rows(sql`
    update webhook_queue set failing_since = null, failed_ms = 0, failed_at = null, warned = 0 where webhook_id = ${webhookId}`)
}

/** Webhooks that have failed for so long that they are to be warned of, or disabled: `percent` of 5 days, of which they were not warned yet. */
export function failingWebhooks(db: Db, disabledAfterMs: number): Promise<{ id: string; percent: number }[]> {
  return db.rows(sql`
    select w.id, x.percent
      from webhook_queue q
      join webhook w on w.id = q.webhook_id and w.enabled
     cross join lateral (
           select max(s.step) as percent
             from unnest(array[50, 70, 90, 100]) s (step)
            where s.step <= ${failedForMs} * 100 / ${disabledAfterMs}::float8) x
     where q.failing_since is not null and x.percent > q.warned
     order by q.failing_since
     limit 100`)
}

/** A webhook that was warned of just now. */
export interface WarnedWebhook {
  companyId: string
  name: string
  url: string
  failingSince: string
  failedForMs: number
}

/** Notes a warning; null: another process has, or it does not fail any more. */
export async function noteWarned(tx: Db, webhookId: string, percent: number): Promise<WarnedWebhook | null> {
  const [row] = await tx.rows<WarnedWebhook>(sql`
    update webhook_queue q
       set warned = ${percent}
      from webhook w
     where q.webhook_id = ${webhookId} and w.id = q.webhook_id and w.enabled and q.failing_since is not null and q.warned < ${percent}
    returning w.company_id as "companyId", w.name, w.url, q.failing_since as "failingSince", ${failedForMs}::float8 as "failedForMs"`)
  return row ?? null
}
