import sql, { join } from 'sql-template-tag'
import type { Database, Db } from './database.ts'
import { type DisabledWebhook, setNext, sideOf } from './webhook-queue.ts'

/** A webhook whose deliveries this process sends, until `until`: those that tell of coverage, or the others. Either is claimed by itself. */
export interface ClaimedWebhook {
  webhookId: string
  notices: boolean
  until: string
  failing: boolean
}

/** What a webhook's requests are made of. */
export interface WebhookSender {
  url: string
  format: 'standard' | 'alarms'
  secrets: { id: string; scheme: 'v1' | 'v1a' | 'authorization'; sealedSecret: Uint8Array; secretName: string }[]
}

/** A delivery that is due. `body` is null where it is not covered. */
export interface DueDelivery {
  id: string
  kind: string
  lane: string
  /** In its lane, which goes in this order. */
  ordinal: number
  organizationId: string | null
  attempts: number
  body: string | null
}

/** How many deliveries are read at most: of one lane, and altogether. */
export interface DueLimits {
  ofLaneMax: number
  max: number
}

/** How many webhooks to take: of each sort, by what is due and whether they are failing. */
export interface ClaimedMax {
  notices: boolean
  failing: boolean
  max: number
}

/** Takes webhooks with something due that nobody sends, of each sort the longest due first. */
export async function claimWebhooks(db: Db, sorts: readonly ClaimedMax[], leaseMs: number): Promise<ClaimedWebhook[]> {
  const wanted = sorts.filter(({ max }) => max > 0)
  if (wanted.length === 0) return []
  const dueOf = ({ notices, failing, max }: ClaimedMax) => {
    const { at, until } = sideOf(notices)
    return sql`
         select x.webhook_id, ${notices}::boolean as notices
           from (select q.webhook_id
                   from webhook_queue q
                  where ${at} <= statement_timestamp() and (${until} is null or ${until} <= statement_timestamp())
                    and (q.failing_since is not null) = ${failing}
                  order by ${at}
                  limit ${max}
                    for update skip locked) x`
  }
  const rows = await db.rows<{ webhookId: string; notices: boolean; rest: boolean; until: string; failing: boolean }>(sql`
    with due as materialized (${join(wanted.map(dueOf), ' union all ')})
    update webhook_queue q
       set claimed_until = case when d.rest then x.until else q.claimed_until end,
           notices_claimed_until = case when d.notices then x.until else q.notices_claimed_until end
      from (select webhook_id, bool_or(notices) as notices, bool_or(not notices) as rest from due group by webhook_id) d
     cross join (select statement_timestamp() + ${leaseMs}::float8 * interval '1 millisecond' as until) x
     where q.webhook_id = d.webhook_id
    returning q.webhook_id as "webhookId", d.notices, d.rest, x.until::text as "until", q.failing_since is not null as "failing"`)
  return rows.flatMap(({ notices, rest, ...one }) => [
    ...(notices ? [{ ...one, notices: true }] : []),
    ...(rest ? [{ ...one, notices: false }] : []),
  ])
}

/** Null: the webhook is not enabled, or its company suspended. Secrets that have not ended, the newest first. */
export async function senderOf(db: Db, webhookId: string): Promise<WebhookSender | null> {
  const rows = await db.rows<Omit<WebhookSender, 'secrets'> & WebhookSender['secrets'][number]>(sql`
    select w.url, w.format, s.id, s.scheme, s.sealed_secret as "sealedSecret", s.secret_name as "secretName"
      from webhook w
      join valid_caller k on k.id = w.id
      join webhook_secret s on s.webhook_id = w.id and (s.ends_at is null or s.ends_at > statement_timestamp())
     where w.id = ${webhookId}
     order by s.created_at desc, s.id`)
  const [first] = rows
  if (first === undefined) return null
  const secrets = rows.map(({ id, scheme, sealedSecret, secretName }) => ({ id, scheme, sealedSecret, secretName }))
  return { url: first.url, format: first.format, secrets }
}

/**
 * The webhook's deliveries that are due, and what comes after each in its lane: those that tell of coverage, or the others. In any order. Each body comes from the one statement
 * that asks whether it is covered now (I1): whoever sends it does so within a second of asking. None where the webhook is not valid any more, and none of lanes in which an
 * attempt is under way.
 */
export function dueDeliveries(
  db: Db,
  { webhookId, notices }: Pick<ClaimedWebhook, 'webhookId' | 'notices'>,
  { ofLaneMax, max }: DueLimits,
  lanesUnderWay: readonly string[],
): Promise<DueDelivery[]> {
  return db.rows(sql`
    with due as materialized (
         select w.id, w.kind, w.lane, w.ordinal, w.organization_id, w.attempts, w.needs, w.place, w.accepted_at, w.body, w.lesser_body
           from (select x.lane, x.ordinal
                   from webhook_delivery x
                  where x.webhook_id = ${webhookId} and x.next_attempt_at <= statement_timestamp() and x.next_attempt_at is not null
                    and ${sideOf(notices).kinds}
                    and x.lane <> all (${[...lanesUnderWay]}::text[])
                  -- In the order of its index: thousands of lanes may be due.
                  order by x.next_attempt_at
                  limit ${max}) f
          cross join lateral (
                select l.*
                  from webhook_delivery l
                 where l.webhook_id = ${webhookId} and l.lane = f.lane and l.state = 'waiting' and l.ordinal >= f.ordinal
                 order by l.ordinal
                 limit ${ofLaneMax}) w
          -- Lane by lane, so that no more are read than are wanted.
          limit ${max}),
         covered as materialized (
         select v.*
           from (select distinct organization_id from due) o
          cross join lateral (
                select c.*
                  from covered_webhook_organization c
                 where c.webhook_id = ${webhookId} and c.organization_id = o.organization_id
                 limit 1) v)
    select d.id, d.kind, d.lane, d.ordinal, d.organization_id as "organizationId", d.attempts,
           covered_body(d.needs, d.place, d.accepted_at, d.body, d.lesser_body, c.inventory, c.alarms, c.inventory_since, c.alarms_since, c.began_offset) as "body"
      from due d
      left join covered c on c.organization_id = d.organization_id
     where exists (select from valid_caller k where k.id = ${webhookId})`)
}

/** Those of these claims of which something is due but what is under way. */
export async function withNews(db: Db, claimed: readonly ClaimedWebhook[]): Promise<ClaimedWebhook[]> {
  const due = await db.rows<{ id: string; notices: boolean | null; rest: boolean | null }>(sql`
    select q.webhook_id as "id", q.notices_at <= statement_timestamp() as "notices", q.next_at <= statement_timestamp() as "rest"
      from webhook_queue q
     where q.webhook_id = any (${claimed.map(({ webhookId }) => webhookId)}::text[])
       and exists (select from valid_caller k where k.id = q.webhook_id)`)
  const byId = new Map(due.map((one) => [one.id, one]))
  return claimed.filter(({ webhookId, notices }) => byId.get(webhookId)?.[notices ? 'notices' : 'rest'] ?? false)
}

/**
 * What may be sent of a delivery at this moment; null: nothing. Undefined where its webhook is not valid now, or its address or one of these secrets
 * is its no more: it waits until that is, and is sent as that.
 */
export async function bodyNow(
  db: Db,
  { webhookId, url, secretIds }: { webhookId: string; url: string; secretIds: readonly string[] },
  id: string,
): Promise<string | null | undefined> {
  const [row] = await db.rows<{ body: string | null }>(sql`
    select v.body
      from valid_caller k
      join webhook w on w.id = k.id and w.url = ${url}
      left join lateral (
           select c.body from covered_webhook_delivery c where c.webhook_id = ${webhookId} and c.id = ${id} limit 1) v on true
     where k.id = ${webhookId}
       and not exists (
           select from unnest(${[...secretIds]}::text[]) u (id)
            where not exists (
                  select from webhook_secret s where s.id = u.id and s.webhook_id = k.id and (s.ends_at is null or s.ends_at > statement_timestamp())))`)
  return row?.body
}

/**
 * Disables a webhook whose queue is locked: it fails for too long, or its receiver at `url` is gone. Its company and name; null where it was not enabled, or
 * has another receiver by now.
 */
export async function disableWebhook(
  tx: Db,
  webhookId: string,
  reason: 'failing' | 'gone',
  url?: string,
): Promise<DisabledWebhook | null> {
  const [row] = await tx.rows<DisabledWebhook>(sql`
    update webhook set enabled = false, disabled_reason = ${reason}
     where id = ${webhookId} and enabled and (${url ?? null}::text is null or url = ${url ?? null})
    returning company_id as "companyId", name, url`)
  return row ?? null
}

/** Takes away secrets that have ended. */
export async function forgetSecrets(db: Db): Promise<void> {
  await db.rows(sql`delete from webhook_secret where ends_at <= statement_timestamp()`)
}

/** Takes away deliveries that were settled `days` ago or earlier, at most `limit` at once. How many. */
export async function forgetDeliveries(db: Db, days: number, limit: number): Promise<number> {
  const gone = await db.rows(sql`
    delete from webhook_delivery
     where id in (select d.id
                    from webhook_delivery d
                   where d.settled_at <= statement_timestamp() - ${days}::float8 * interval '1 day'
                   limit ${limit}
                     -- One that is being sent again at this moment waits once more, and is not old.
                     for update skip locked)
    returning 1 as one`)
  return gone.length
}

/** Takes away, at most `limit` at once, what has waited for `days` at a webhook that is not enabled. How many. */
export function forgetWaiting(db: Database, days: number, limit: number): Promise<number> {
  const old = sql`d.state = 'waiting' and d.created_at <= statement_timestamp() - ${days}::float8 * interval '1 day'`
  return db.transaction('system', { kind: 'system' }, async (tx) => {
    const [queue] = await tx.rows<{ webhookId: string }>(sql`
      select q.webhook_id as "webhookId"
        from webhook_queue q
       where q.waiting > 0
         and exists (select from webhook w where w.id = q.webhook_id and not w.enabled)
         and exists (select from webhook_delivery d where d.webhook_id = q.webhook_id and ${old})
       limit 1
         for update of q skip locked`)
    if (queue === undefined) return 0
    const gone = await tx.rows(sql`
      delete from webhook_delivery
       where id in (select d.id from webhook_delivery d where d.webhook_id = ${queue.webhookId} and ${old} limit ${limit})
      returning 1 as one`)
    await setNext(tx, queue.webhookId, 'all')
    return gone.length
  })
}
