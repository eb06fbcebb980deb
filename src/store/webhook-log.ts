import sql, { empty, type Sql } from 'sql-template-tag'
import type { Delivery, DeliveryDetails } from '../domain/webhook.ts'
import type { Db } from './database.ts'
import { type Present, present } from './present.ts'
import type { AttemptMade } from './webhook-settling.ts'

/** Deliveries that one list looks at: some tenths of a second. */
const lookedAtMax = 20_000

interface DeliveryRow {
  id: string
  kind: string
  organizationId: string | null
  state: Delivery['state']
  createdAt: string
  settledAt: string | null
  attempts: number
  nextAttemptAt: string | null
  lastStatus: number | null
  lastError: string | null
}

const deliveryColumns: Sql = sql`
  d.id, d.kind, d.organization_id as "organizationId", d.state, d.created_at as "createdAt", d.settled_at as "settledAt", d.attempts,
  d.next_attempt_at as "nextAttemptAt", a.status as "lastStatus", a.error as "lastError"`
const lastAttempt: Sql = sql`
  left join lateral (select x.status, x.error from webhook_attempt x where x.delivery_id = d.id order by x.at desc limit 1) a on true`

/** Which deliveries a list has. */
export interface DeliveriesWanted {
  state?: Delivery['state'] | undefined
  kind?: string | undefined
  organizationId?: string | undefined
  /** Those behind this one. */
  before?: string | undefined
  limit: number
}

/** Some of a webhook's deliveries; `next`: the one behind which there may be more. */
export interface DeliveriesFound {
  deliveries: Delivery[]
  next: string | undefined
}

/**
 * Deliveries of a company's webhook without what they say, the newest first. Where they are rare, no more than `lookedAtMax` are looked at: fewer than
 * wanted are found then, and `next` says where to go on. Null: no such webhook.
 */
export async function deliveriesOf(
  db: Db,
  company: string,
  webhookId: string,
  { state, kind, organizationId, before, limit }: DeliveriesWanted,
): Promise<DeliveriesFound | 'unknown-before' | null> {
  const [owned] = await db.rows(sql`select 1 as one from webhook where id = ${webhookId} and company_id = ${company}`)
  if (owned === undefined) return null
  const [from] =
    before === undefined
      ? [{ createdAt: 'infinity', id: '' }]
      : await db.rows<{ createdAt: string; id: string }>(sql`
          select created_at::text as "createdAt", id from webhook_delivery where id = ${before} and webhook_id = ${webhookId}`)
  if (from === undefined) return 'unknown-before'
  // Each in the order of an index that has no others: of a customer's, of what failed, or of all.
  const among =
    organizationId !== undefined
      ? sql`and d.organization_id = ${organizationId}`
      : state === 'failed'
        ? sql`and d.state = 'failed'`
        : empty
  const all = sql`
    from webhook_delivery d
   where d.webhook_id = ${webhookId} and (d.created_at, d.id) < (${from.createdAt}::timestamptz, ${from.id})
     ${among}
   order by d.created_at desc, d.id desc`
  const rows = await db.rows<DeliveryRow>(sql`
    select ${deliveryColumns}
      from (select x.*
              from (select d.* ${all} limit ${lookedAtMax}) x
             where (${state ?? null}::text is null or x.state = ${state ?? null}) and (${kind ?? null}::text is null or x.kind = ${kind ?? null})
             order by x.created_at desc, x.id desc
             limit ${limit}) d
      ${lastAttempt}
     order by d.created_at desc, d.id desc`)
  const deliveries = rows.map(present)
  if (deliveries.length === limit) return { deliveries, next: deliveries.at(-1)?.id }
  const [last] = await db.rows<{ id: string }>(sql`select d.id ${all} limit 1 offset ${lookedAtMax - 1}`)
  return { deliveries, next: last?.id }
}

/**
 * A delivery with its log. What is sent, and what was answered, where the member covers it now (I1): an answer may repeat what it was sent.
 * Null: no such delivery of this company.
 */
export async function deliveryOf(
  db: Db,
  { company, memberId }: { company: string; memberId: string | null },
  webhookId: string,
  id: string,
): Promise<DeliveryDetails | null> {
  const [row] = await db.rows<DeliveryRow & { body: string | null }>(sql`
    select ${deliveryColumns}, v.body
      from webhook_delivery d
      join webhook w on w.id = d.webhook_id and w.company_id = ${company}
      ${lastAttempt}
      left join lateral (
           select c.body
             from covered_webhook_body c
            where c.caller = ${memberId} and c.webhook_id = ${webhookId} and c.id = d.id
            limit 1) v on true
     where d.id = ${id} and d.webhook_id = ${webhookId}`)
  if (row === undefined) return null
  const log = await db.rows<AttemptMade>(sql`
    select x.at, x.number, x.status, x.error, case when ${row.body !== null} then x.answer end as "answer", x.address, x.took_ms as "tookMs"
      from webhook_attempt x
     where x.delivery_id = ${id}
     order by x.at desc
     limit 100`)
  return { ...present(row), log: log.map((one) => present(one) as Present<typeof one>) }
}
