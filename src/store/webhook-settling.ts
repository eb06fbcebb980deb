import sql, { type Sql } from 'sql-template-tag'
import type { Db } from './database.ts'
import type { ClaimedWebhook } from './webhook-deliveries.ts'
import { noteHealth } from './webhook-health.ts'
import { promote, setNext, sideOf } from './webhook-queue.ts'

/** Deliveries that are withheld in one transaction, beside those that were to be sent; and that are looked at for it. */
const withheldMax = 2000
const lookedAtMax = 10_000

/** What is withheld when it is sent again, and had arrived before, has arrived all the same. */
const withheldState = sql`
  case when exists (select from webhook_attempt a where a.delivery_id = d.id and a.status between 200 and 299) then 'delivered' else 'withheld' end`

/** What became of one attempt, or that there was none since the delivery is not covered. */
export interface Settlement {
  id: string
  lane: string
  state: 'waiting' | 'delivered' | 'failed' | 'withheld'
  /** Until the next attempt, in ms; null: there is none. */
  againInMs: number | null
  organizationId: string | null
  /** Where it was sent to. */
  url: string
  attempt: AttemptMade | null
}

export interface AttemptMade {
  at: string
  number: number
  status: number | null
  error: string | null
  answer: string | null
  address: string | null
  tookMs: number
}

/** Deliveries that are under way, and for how long from now on their webhook stays claimed for them. */
export interface UnderWay {
  ids: readonly string[]
  lanes: readonly string[]
  leaseMs: number
  /** The address whose receiver has taken something while they were. */
  takenAt: string | null
}

/**
 * Writes down what became of a webhook's deliveries, gives their lanes' next ones a turn, and, where nothing is under way, the webhook back. Nothing
 * where the claim was over and somebody else has it: they are sent again, under the same ids. The claim as it is then; null: it was over.
 */
export async function settleDeliveries(
  tx: Db,
  claimed: ClaimedWebhook,
  made: readonly Settlement[],
  underWay: UnderWay,
): Promise<ClaimedWebhook | null> {
  const { webhookId } = claimed
  const mine = await tx.rows(sql`
    select 1 as one from webhook_queue where webhook_id = ${webhookId} and ${sideOf(claimed.notices).until}::text = ${claimed.until} for update`)
  if (mine.length === 0) return null
  const [now] = await tx.rows<{ url: string }>(sql`select url from webhook where id = ${webhookId}`)
  const settled = await lessEnded(
    tx,
    webhookId,
    made.map((one) => (one.url === now?.url ? one : triedElsewhere(one))),
  )
  await tx.rows(sql`
    with made as materialized (
         select x.*
           from json_to_recordset(${JSON.stringify(settled.map(({ id, state, againInMs, attempt }) => ({ id, state, againInMs, ...attempt })))}::text::json)
             as x(id text, state text, "againInMs" float8, at timestamptz, number integer, status integer, error text, answer text, address text,
                  "tookMs" integer)),
         settled as (
         update webhook_delivery d
            set state = case x.state when 'withheld' then ${withheldState} else x.state end,
                attempts = d.attempts + case when x.number is null then 0 else 1 end,
                next_attempt_at = case when x.state = 'waiting' and not exists (
                  -- One that is sent again stands before it: it has its turn after that.
                  select from webhook_delivery e
                   where e.webhook_id = d.webhook_id and e.lane = d.lane and e.state = 'waiting' and e.ordinal < d.ordinal
                     and not exists (select from made m where m.id = e.id and m.state <> 'waiting'))
                  then statement_timestamp() + x."againInMs" * interval '1 millisecond' end,
                settled_at = case when x.state <> 'waiting' then statement_timestamp() end
           from made x
          where d.id = x.id and d.state = 'waiting'
         returning d.id)
    -- One may have gone with its organization meanwhile.
    insert into webhook_attempt (delivery_id, at, number, status, error, answer, address, took_ms)
    select x.id, x.at, x.number, x.status, x.error, x.answer, x.address, x."tookMs"
      from made x
      join settled s on s.id = x.id
     where x.number is not null
    on conflict do nothing`)
  const withheld = await withholdRest(tx, claimed, settled, underWay.ids)
  await promote(tx, webhookId, [...settled.map(({ lane }) => lane), ...withheld])
  const tried = settled.filter(({ state, attempt, url }) => state !== 'withheld' && attempt !== null && url === now?.url)
  if (tried.length > 0)
    await noteHealth(tx, webhookId, underWay.takenAt === now?.url || tried.some(({ state }) => state === 'delivered'))
  await setNext(tx, webhookId, claimed.notices ? 'notices' : 'rest')
  return underWay.ids.length === 0 ? claimed : claimedOn(tx, claimed, underWay)
}

/** Claims a webhook anew, for what is under way; its queue says when something else is due, or, should this process end, what is under way. */
async function claimedOn(tx: Db, claimed: ClaimedWebhook, { lanes, leaseMs }: UnderWay): Promise<ClaimedWebhook> {
  const until = sql`statement_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'`
  const side = sideOf(claimed.notices)
  const [row] = await tx.rows<{ until: string }>(sql`
    update webhook_queue
       set ${side.until} = ${until},
           ${side.at} = least(${until}, (
             select d.next_attempt_at
               from webhook_delivery d
              where d.webhook_id = ${claimed.webhookId} and d.next_attempt_at is not null and ${side.kinds} and d.lane <> all (${[...lanes]}::text[])
              order by d.next_attempt_at
              limit 1))
     where webhook_id = ${claimed.webhookId}
    returning ${side.until}::text as "until"`)
  return { ...claimed, ...row }
}

/** What failed at an address that was replaced meanwhile is tried at once at the one that replaced it, were it once more. */
function triedElsewhere(one: Settlement): Settlement {
  return one.state === 'failed' || one.state === 'waiting' ? { ...one, state: 'waiting', againInMs: 0 } : one
}

/**
 * The same, but what failed and is not covered any more is withheld, rather than to keep its lane waiting for an attempt that cannot be, or to
 * count as a failure. Coverage that ends from now on finds it in the queue, whose row is locked (lookAtChanged).
 */
async function lessEnded(tx: Db, webhookId: string, settled: readonly Settlement[]): Promise<readonly Settlement[]> {
  const failed = settled.filter(({ state }) => state === 'waiting' || state === 'failed').map(({ id }) => id)
  if (failed.length === 0) return settled
  const rows = await tx.rows<{ id: string }>(sql`
    select x.id
      from unnest(${failed}::text[]) x (id)
      ${covering(webhookId)}
     where v.id is null
       and exists (select from valid_caller k where k.id = ${webhookId})`)
  const ended = new Set(rows.map(({ id }) => id))
  return settled.map((one) => (ended.has(one.id) ? { ...one, state: 'withheld', againInMs: null } : one))
}

/** The delivery `x` as far as it is covered: looked up for each by its id, whatever the planner thinks of how many there are. */
function covering(webhookId: string): Sql {
  return sql`left join lateral (
           select c.id from covered_webhook_delivery c where c.webhook_id = ${webhookId} and c.id = x.id limit 1) v on true`
}

/**
 * What else waits of organizations of which something was just withheld, and is not covered either: so a long queue behind a withdrawal goes
 * at once, rather than one by one; what is under way is settled by itself, and
 * what tells of coverage by its own claim. Of what is found covered, no more is looked at than a transaction can take: behind it they are withheld as
 * their turn comes. Their lanes.
 */
async function withholdRest(
  tx: Db,
  { webhookId, notices }: ClaimedWebhook,
  settled: readonly Settlement[],
  underWay: readonly string[],
): Promise<string[]> {
  const organizations = [
    ...new Set(settled.filter(({ state }) => state === 'withheld').map(({ organizationId }) => organizationId)),
  ]
  if (organizations.length === 0) return []
  const rows = await tx.rows<{ lane: string }>(sql`
    update webhook_delivery d
       set state = ${withheldState}, next_attempt_at = null, settled_at = statement_timestamp()
     where d.id in (
           select x.id
             from (select w.id, w.lane, w.ordinal
                     from webhook_delivery w
                    where w.webhook_id = ${webhookId} and w.state = 'waiting' and w.organization_id = any (${organizations}::text[])
                      and w.id <> all (${[...underWay]}::text[]) and ${sideOf(notices).kinds}
                    order by w.lane, w.ordinal
                    limit ${lookedAtMax}) x
             ${covering(webhookId)}
            where v.id is null
            order by x.lane, x.ordinal
            limit ${withheldMax})
       and exists (select from valid_caller k where k.id = ${webhookId})
    returning d.lane`)
  return rows.map(({ lane }) => lane)
}

/**
 * Gives a webhook back of which nothing was sent. One that is not valid now or cannot be signed for, and has something waiting, is looked at again in a
 * minute, and fails for no longer by that.
 */
export async function releaseWebhook(tx: Db, claimed: ClaimedWebhook, isSealed: boolean): Promise<void> {
  const { webhookId, until, notices } = claimed
  const mine = await tx.rows(sql`
    select 1 as one from webhook_queue where webhook_id = ${webhookId} and ${sideOf(notices).until}::text = ${until} for update`)
  if (mine.length === 0) return
  await setNext(tx, webhookId, notices ? 'notices' : 'rest')
  // Asked again: it may have become valid since it was claimed.
  await tx.rows(sql`
    update webhook_queue
       set next_at = case when next_at is not null then greatest(next_at, statement_timestamp() + interval '1 minute') end,
           notices_at = case when notices_at is not null then greatest(notices_at, statement_timestamp() + interval '1 minute') end,
           failed_at = null
     where webhook_id = ${webhookId}
       and (${isSealed}::boolean or not exists (select from valid_caller k where k.id = ${webhookId}))`)
}
