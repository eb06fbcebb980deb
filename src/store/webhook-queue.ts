import sql from 'sql-template-tag'
import type { NewDelivery } from '../domain/webhook-events.ts'
import type { Database, Db } from './database.ts'

/** Stores events for webhooks in the transaction in which they are made. */
export type AddDeliveries = (tx: Db, deliveries: readonly NewDelivery[]) => Promise<void>

/** A webhook that was disabled just now. */
export interface DisabledWebhook {
  companyId: string
  name: string
  url: string
}

/** Locks webhooks' queues, as whoever changes a webhook, or what waits for it, does before anything else of it. */
export async function lockQueues(tx: Db, webhookIds: readonly string[]): Promise<void> {
  await tx.rows(
    sql`select 1 as one from webhook_queue where webhook_id = any (${[...webhookIds]}::text[]) order by webhook_id for update`,
  )
}

/** The same for all webhooks of a company. */
export async function lockQueuesOf(tx: Db, company: string): Promise<void> {
  await tx.rows(sql`
    select 1 as one
      from webhook_queue
     where webhook_id in (select w.id from webhook w where w.company_id = ${company})
     order by webhook_id
       for update`)
}

/**
 * Adds deliveries, behind those that wait in their lanes. The webhooks' queues are locked first, as by whoever settles deliveries: so either
 * sees what the other did, and no lane stands still. Webhooks for which more than `waitingMax` wait now are disabled: those.
 */
export async function addDeliveries(
  tx: Db,
  deliveries: readonly NewDelivery[],
  newId: () => string,
  waitingMax: number,
): Promise<DisabledWebhook[]> {
  if (deliveries.length === 0) return []
  const webhooks = [...new Set(deliveries.map(({ webhookId }) => webhookId))]
  await lockQueues(tx, webhooks)
  const rows = deliveries.map((one) => ({ id: newId(), ...one }))
  await tx.rows(sql`
    insert into webhook_delivery (id, webhook_id, organization_id, needs, kind, lane, place, part, body, lesser_body, accepted_at, next_attempt_at)
    select x.id, x."webhookId", x."organizationId", x.needs, x.kind, x.lane, x.place, x.part, x.body, x."lesserBody", x."acceptedAt",
           case when row_number() over (partition by x."webhookId", x.lane order by x.place, x.part, x.id) = 1
                     and not exists (
                         select from webhook_delivery d where d.webhook_id = x."webhookId" and d.lane = x.lane and d.state = 'waiting')
                then statement_timestamp() end
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as x(id text, "webhookId" text, "organizationId" text, needs text, kind text, lane text, place bigint, part smallint, body text,
             "lesserBody" text, "acceptedAt" timestamptz)`)
  await tx.rows(sql`
    update webhook_queue
       set next_at = least(next_at, statement_timestamp())
     where webhook_id = any (${webhooks}::text[])`)
  return tx.rows<DisabledWebhook>(sql`
    update webhook w
       set enabled = false, disabled_reason = 'overflowing'
      from webhook_queue q
     where w.id = any (${webhooks}::text[]) and w.enabled and q.webhook_id = w.id and q.waiting > ${waitingMax}
    returning w.company_id as "companyId", w.name, w.url`)
}

/** How much of it goes in one transaction. */
export const droppedAtOnce = 2_000

/**
 * Throws away, at most `limit` at once, what waits for a webhook that was disabled since too much did: its receiver fills the gap from the
 * feeds. How many.
 */
export function dropOverflow(db: Database, limit: number): Promise<number> {
  return db.transaction('system', { kind: 'system' }, async (tx) => {
    const [queue] = await tx.rows<{ webhookId: string }>(sql`
      select q.webhook_id as "webhookId"
        from webhook_queue q
       where q.waiting > 0
         and exists (select from webhook w where w.id = q.webhook_id and w.disabled_reason = 'overflowing')
       limit 1
         for update of q skip locked`)
    return queue === undefined ? 0 : dropWaiting(tx, queue.webhookId, limit)
  })
}

/** Throws away what waits for a webhook whose queue is locked, at most `limit`. How many. */
export async function dropWaiting(tx: Db, webhookId: string, limit: number | null): Promise<number> {
  const dropped = await tx.rows(sql`
    delete from webhook_delivery
     where id in (select d.id from webhook_delivery d where d.webhook_id = ${webhookId} and d.state = 'waiting' limit ${limit})
    returning 1 as one`)
  await setNext(tx, webhookId)
  return dropped.length
}

/**
 * Makes due what waits for a company's webhooks about organizations of which its coverage changed, and cannot be sent any more: looked at now, it is
 * withheld now, rather than when its next attempt would have come. Their queues are locked.
 */
export async function lookAtChanged(tx: Db, company: string, organizations: readonly string[]): Promise<void> {
  if (organizations.length === 0) return
  const rows = await tx.rows<{ id: string }>(sql`
    update webhook_delivery d
       set next_attempt_at = statement_timestamp()
      from webhook w, coverage_change x
     where w.company_id = ${company} and d.webhook_id = w.id and d.next_attempt_at > statement_timestamp()
       and x.company_id = ${company} and x.organization_id = d.organization_id and x.organization_id = any (${[...organizations]}::text[])
       and not coalesce(case d.needs
             when 'organization' then x.covered and d.place = x.changed_offset
             when 'inventory' then d.accepted_at >= x.inventory_since
             when 'alarms' then d.accepted_at >= x.alarms_since
             else true end, false)
    returning d.webhook_id as "id"`)
  if (rows.length === 0) return
  await tx.rows(sql`
    update webhook_queue set next_at = least(next_at, statement_timestamp()) where webhook_id = any (${[...new Set(rows.map(({ id }) => id))]}::text[])`)
}

/** Gives a turn to the first of each of these lanes that has none. */
export async function promote(tx: Db, webhookId: string, lanes: readonly string[]): Promise<void> {
  if (lanes.length === 0) return
  await tx.rows(sql`
    update webhook_delivery d
       set next_attempt_at = statement_timestamp()
      from unnest(${[...new Set(lanes)]}::text[]) l (lane)
     cross join lateral (
           select w.id
             from webhook_delivery w
            where w.webhook_id = ${webhookId} and w.lane = l.lane and w.state = 'waiting'
            order by w.place, w.part, w.id
            limit 1) f
     where d.id = f.id and d.next_attempt_at is null`)
}

/** Sets a webhook's queue to when its next delivery is due. Its row is locked. Where nothing waits, it fails no longer: nobody would try it. */
export async function setNext(tx: Db, webhookId: string): Promise<void> {
  await tx.rows(sql`
    update webhook_queue
       set claimed_until = null, failing_since = case when waiting > 0 then failing_since end, warned = case when waiting > 0 then warned else 0 end,
           -- Not before now: what is due still has its turn behind webhooks that were due before.
           next_at = (select greatest(d.next_attempt_at, statement_timestamp())
                        from webhook_delivery d
                       where d.webhook_id = ${webhookId} and d.next_attempt_at is not null
                       order by d.next_attempt_at
                       limit 1)
     where webhook_id = ${webhookId}`)
}

/** Makes the first of every lane due now: what stood before it may have been forgotten while the webhook was disabled, or its next attempt lie far ahead. */
export async function promoteAll(tx: Db, webhookId: string): Promise<void> {
  await tx.rows(sql`
    update webhook_delivery d
       set next_attempt_at = statement_timestamp()
      from (select distinct on (w.lane) w.id
              from webhook_delivery w
             where w.webhook_id = ${webhookId} and w.state = 'waiting'
             order by w.lane, w.place, w.part, w.id) f
     where d.id = f.id and (d.next_attempt_at is null or d.next_attempt_at > statement_timestamp())`)
}

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
  if (again.length > 0) {
    await tx.rows(sql`update webhook_queue set next_at = least(next_at, statement_timestamp()) where webhook_id = ${webhookId}`)
  }
  return { resent: again.length, next: isMore ? (again.at(-1)?.id ?? null) : null }
}

/** Those of a webhook's settled deliveries that are meant, in the order in which they were made, at most `limit`. */
function settledAgain(
  tx: Db,
  webhookId: string,
  { ids, state, from, to, after }: WhichAgain,
  limit: number,
): Promise<{ id: string; lane: string }[]> {
  return tx.rows(sql`
    select x.id, x.lane
      from webhook_delivery x
     where x.webhook_id = ${webhookId} and x.state in ('failed', 'delivered')
       and (${ids ?? null}::text[] is null or x.id = any (${ids ?? null}::text[]))
       and (${state ?? null}::text is null or x.state = ${state ?? null})
       and (${from ?? null}::timestamptz is null or x.created_at >= ${from ?? null}::timestamptz)
       and (${to ?? null}::timestamptz is null or x.created_at < ${to ?? null}::timestamptz)
       and (${after ?? null}::text is null
            or (x.created_at, x.id) > (select b.created_at, b.id from webhook_delivery b where b.id = ${after ?? null}))
     order by x.created_at, x.id
     limit ${limit}`)
}
