import sql from 'sql-template-tag'
import type { NewDelivery } from '../domain/webhook-events.ts'
import type { Db } from './database.ts'

/**
 * Adds deliveries, behind those that wait in their lanes. The webhooks' queues are locked first, as by whoever settles deliveries: so either
 * sees what the other did, and no lane stands still.
 */
export async function addDeliveries(tx: Db, deliveries: readonly NewDelivery[], newId: () => string): Promise<void> {
  if (deliveries.length === 0) return
  const webhooks = [...new Set(deliveries.map(({ webhookId }) => webhookId))]
  await tx.rows(
    sql`select 1 as one from webhook_queue where webhook_id = any (${webhooks}::text[]) order by webhook_id for update`,
  )
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

/** Sets a webhook's queue to when its next delivery is due. Its row is locked. */
export async function setNext(tx: Db, webhookId: string): Promise<void> {
  await tx.rows(sql`
    update webhook_queue
       set claimed_until = null,
           next_at = (select min(d.next_attempt_at) from webhook_delivery d where d.webhook_id = ${webhookId} and d.next_attempt_at is not null)
     where webhook_id = ${webhookId}`)
}

/** Gives a turn to the first of every lane that has none: what stood before may have been forgotten while the webhook was disabled. */
export async function promoteAll(tx: Db, webhookId: string): Promise<void> {
  await tx.rows(sql`
    update webhook_delivery d
       set next_attempt_at = statement_timestamp()
      from (select distinct on (w.lane) w.id
              from webhook_delivery w
             where w.webhook_id = ${webhookId} and w.state = 'waiting'
             order by w.lane, w.place, w.part, w.id) f
     where d.id = f.id and d.next_attempt_at is null`)
}
