import sql, { join, type Sql } from 'sql-template-tag'
import { isNotice } from '../domain/webhook.ts'
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

/** Either side of a webhook's queue: until when it is claimed and when it is due, in webhook_queue, and which kinds of webhook_delivery are its. */
export function sideOf(notices: boolean): { until: Sql; at: Sql; kinds: Sql } {
  return notices
    ? { until: sql`notices_claimed_until`, at: sql`notices_at`, kinds: sql`kind like 'coverage.%'` }
    : { until: sql`claimed_until`, at: sql`next_at`, kinds: sql`kind not like 'coverage.%'` }
}

/** Locks webhooks' queues, as whoever changes a webhook, or what waits for it, does before anything else of it. How many deliveries were made for each so far. */
export async function lockQueues(tx: Db, webhookIds: readonly string[]): Promise<{ webhookId: string; made: number }[]> {
  return tx.rows<{ webhookId: string; made: number }>(sql`
    select webhook_id as "webhookId", made
      from webhook_queue
     where webhook_id = any (${[...webhookIds]}::text[])
     order by webhook_id
       for update`)
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
 * Adds deliveries, each webhook's in this order, behind those that wait in their lanes. The webhooks' queues are locked first, as by whoever settles deliveries: so either
 * sees what the other did, and no lane stands still. Webhooks for which more than `waitingMax` wait now are disabled: those.
 */
export async function addDeliveries(
  tx: Db,
  deliveries: readonly NewDelivery[],
  newId: () => string,
  waitingMax: number,
): Promise<DisabledWebhook[]> {
  if (deliveries.length === 0) return []
  const byWebhook = Map.groupBy(deliveries, ({ webhookId }) => webhookId)
  const webhooks = [...byWebhook.keys()]
  const rows = (await lockQueues(tx, webhooks)).flatMap(({ webhookId, made }) =>
    (byWebhook.get(webhookId) ?? []).map((one, nth) => ({ id: newId(), ...one, ordinal: made + 1 + nth })),
  )
  await tx.rows(sql`
    insert into webhook_delivery (id, webhook_id, organization_id, needs, kind, lane, place, ordinal, body, lesser_body, accepted_at, next_attempt_at)
    select x.id, x."webhookId", x."organizationId", x.needs, x.kind, x.lane, x.place, x.ordinal, x.body, x."lesserBody", x."acceptedAt",
           case when row_number() over (partition by x."webhookId", x.lane order by x.ordinal) = 1
                     and not exists (
                         select from webhook_delivery d where d.webhook_id = x."webhookId" and d.lane = x.lane and d.state = 'waiting')
                then statement_timestamp() end
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as x(id text, "webhookId" text, "organizationId" text, needs text, kind text, lane text, place bigint, ordinal bigint, body text,
             "lesserBody" text, "acceptedAt" timestamptz)`)
  await tx.rows(sql`
    update webhook_queue q
       set made = q.made + x.count
      from unnest(${webhooks}::text[], ${[...byWebhook.values()].map(({ length }) => length)}::bigint[]) x (id, count)
     where q.webhook_id = x.id`)
  await dueNow(
    tx,
    deliveries.map(({ webhookId, kind }) => ({ webhookId, notice: isNotice(kind) })),
  )
  return tx.rows<DisabledWebhook>(sql`
    update webhook w
       set enabled = false, disabled_reason = 'overflowing'
      from webhook_queue q
     where w.id = any (${webhooks}::text[]) and w.enabled and q.webhook_id = w.id and q.waiting > ${waitingMax}
    returning w.company_id as "companyId", w.name, w.url`)
}

/** Says that something is due now: of what tells of coverage, or of the rest. The queues are locked. */
export async function dueNow(tx: Db, due: readonly { webhookId: string; notice: boolean }[]): Promise<void> {
  const those = (notice: boolean) => [...new Set(due.filter((one) => one.notice === notice).map(({ webhookId }) => webhookId))]
  const [notices, rest] = [those(true), those(false)]
  if (due.length === 0) return
  await tx.rows(sql`
    update webhook_queue
       set next_at = case when webhook_id = any (${rest}::text[]) then least(next_at, statement_timestamp()) else next_at end,
           notices_at = case when webhook_id = any (${notices}::text[]) then least(notices_at, statement_timestamp()) else notices_at end
     where webhook_id = any (${[...new Set([...notices, ...rest])]}::text[])`)
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
  await setNext(tx, webhookId, 'all')
  return dropped.length
}

/**
 * Makes due what waits for a company's webhooks about organizations of which its coverage changed, where it cannot be sent any more, or tells of
 * coverage: looked at now, the one is withheld now, rather than when its next attempt would have come, and the other keeps what is new no
 * longer waiting than its receiver does. Their queues are locked.
 */
export async function lookAtChanged(tx: Db, company: string, organizations: readonly string[]): Promise<void> {
  if (organizations.length === 0) return
  const rows = await tx.rows<{ webhookId: string; notice: boolean }>(sql`
    update webhook_delivery d
       set next_attempt_at = statement_timestamp()
      from webhook w, coverage_change x
     where w.company_id = ${company} and d.webhook_id = w.id and d.next_attempt_at > statement_timestamp()
       and x.company_id = ${company} and x.organization_id = d.organization_id and x.organization_id = any (${[...organizations]}::text[])
       and (d.kind like 'coverage.%'
            or not coalesce(case d.needs
                 when 'inventory' then d.accepted_at >= x.inventory_since
                 when 'alarms' then d.accepted_at >= x.alarms_since
                 else true end, false))
    returning d.webhook_id as "webhookId", d.kind like 'coverage.%' as "notice"`)
  await dueNow(tx, rows)
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
            order by w.ordinal
            limit 1) f
     where d.id = f.id and d.next_attempt_at is null`)
}

/**
 * Sets a webhook's queue to when its next deliveries are due, and gives back what was claimed of it. Its row is locked. Where nothing waits, no time
 * counts in which it fails: nobody tries it.
 */
export async function setNext(tx: Db, webhookId: string, claimed: 'notices' | 'rest' | 'all'): Promise<void> {
  // Each in the order of its index: thousands of lanes may be due. What is given back has its turn behind webhooks that were due before.
  const next = (which: Sql) => sql`(
           select greatest(d.next_attempt_at, statement_timestamp())
             from webhook_delivery d
            where d.webhook_id = ${webhookId} and d.next_attempt_at is not null and ${which}
            order by d.next_attempt_at
            limit 1)`
  const sides = [true, false].filter((notices) => claimed === 'all' || notices === (claimed === 'notices')).map(sideOf)
  await tx.rows(sql`
    update webhook_queue
       set ${join(sides.map(({ until, at, kinds }) => sql`${until} = null, ${at} = ${next(kinds)}`))}, failed_at = case when waiting > 0 then failed_at end
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
             order by w.lane, w.ordinal) f
     where d.id = f.id and (d.next_attempt_at is null or d.next_attempt_at > statement_timestamp())`)
}
