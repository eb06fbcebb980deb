import sql, { type Sql } from 'sql-template-tag'
import type { Subscription, SubscriptionKind } from '../domain/subscription.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

interface SubscriptionRow {
  id: string
  kind: SubscriptionKind
  startsAt: string
  endsAt: string
  canceledAt: string | null
  terminatedAt: string | null
  state: Subscription['state']
}

/** The state of a subscription `x` at the statement's moment. */
export const subscriptionState: Sql = sql`
  case when x.ends_at <= statement_timestamp() then 'ended' when x.starts_at > statement_timestamp() then 'upcoming' else 'active' end`

const columns: Sql = sql`
  x.id, x.kind, x.starts_at as "startsAt", x.ends_at as "endsAt", x.canceled_at as "canceledAt", x.terminated_at as "terminatedAt",
  ${subscriptionState} as "state"`

/** A company's subscriptions, the newest first. */
export async function subscriptionsOf(db: Db, company: string): Promise<Subscription[]> {
  const rows = await db.rows<SubscriptionRow>(sql`
    select ${columns} from subscription x where x.company_id = ${company} order by x.starts_at desc, x.id`)
  return rows.map(present)
}

/** The active one, else the latest, else null. */
export async function presentSubscription(db: Db, company: string): Promise<Subscription | null> {
  const [row] = await db.rows<SubscriptionRow>(sql`
    select ${columns}
      from subscription x
     where x.company_id = ${company}
     order by (x.starts_at <= statement_timestamp() and x.ends_at > statement_timestamp()) desc, x.starts_at desc
     limit 1`)
  return row ? present(row) : null
}

/** Those that have not begun, but for one, in their order. */
export async function upcomingSubscriptions(db: Db, company: string, but: string): Promise<Subscription[]> {
  const rows = await db.rows<SubscriptionRow>(sql`
    select ${columns}
      from subscription x
     where x.company_id = ${company} and x.starts_at > statement_timestamp() and x.ends_at > x.starts_at and x.id <> ${but}
     order by x.starts_at`)
  return rows.map(present)
}

/**
 * Starts a period [startsAt, endsAt), startsAt being the transaction's moment where it is not given. A paid one ends a trial
 * that runs at its start. Any trial uses up the company's one trial. Throws what `subscription_periods_overlap` refuses.
 */
export async function startSubscription(
  tx: Db,
  company: string,
  given: { kind: SubscriptionKind; startsAt?: string | undefined; endsAt: string },
): Promise<Subscription> {
  const startsAt = sql`coalesce(${given.startsAt ?? null}::timestamptz, now())`
  if (given.kind === 'paid') {
    await tx.rows(sql`
      update subscription
         set ends_at = ${startsAt}
       where company_id = ${company} and kind = 'trial' and starts_at <= ${startsAt} and ends_at > ${startsAt}`)
  } else {
    await tx.rows(sql`
      update company set trial_used_at = ${startsAt} where id = ${company} and trial_used_at is null`)
  }
  const [made] = await tx.rows<{ id: string }>(sql`
    insert into subscription (company_id, kind, starts_at, ends_at)
    values (${company}, ${given.kind}, ${startsAt}, ${given.endsAt}::timestamptz)
    returning id`)
  return (await subscriptionById(tx, made?.id ?? '')) as Subscription
}

/** Adds a paid period of so many days behind all that hold or are to come; where there are none, from the transaction's moment on. The company must be locked. */
export async function addPaidPeriod(tx: Db, company: string, days: number): Promise<Subscription> {
  const [made] = await tx.rows<{ id: string }>(sql`
    insert into subscription (company_id, kind, starts_at, ends_at)
    select ${company}, 'paid', e.at, e.at + make_interval(hours => 24 * ${days}::integer)
      from (select coalesce(max(x.ends_at), now()) as at from subscription x where x.company_id = ${company} and x.ends_at > now()) e
    returning id`)
  return (await subscriptionById(tx, made?.id ?? '')) as Subscription
}

export async function subscriptionById(db: Db, id: string): Promise<Subscription | null> {
  const [row] = await db.rows<SubscriptionRow>(sql`select ${columns} from subscription x where x.id = ${id}`)
  return row ? present(row) : null
}

/** Like subscriptionById; nobody else changes it before the transaction ends. */
export async function lockSubscription(tx: Db, id: string): Promise<Subscription | null> {
  await tx.rows(sql`select x.id from subscription x where x.id = ${id} for update`)
  return subscriptionById(tx, id)
}

/** Moves the end. Throws what `subscription_periods_overlap` refuses. */
export async function extendSubscription(tx: Db, id: string, endsAt: string): Promise<void> {
  await tx.rows(sql`update subscription set ends_at = ${endsAt}::timestamptz where id = ${id}`)
}

export async function cancelSubscription(tx: Db, id: string): Promise<void> {
  await tx.rows(sql`update subscription set canceled_at = statement_timestamp() where id = ${id} and canceled_at is null`)
}

/** Ends it at once; one that has not begun never will. */
export async function terminateSubscription(tx: Db, id: string): Promise<void> {
  await tx.rows(sql`
    update subscription
       set ends_at = greatest(starts_at, statement_timestamp()), terminated_at = statement_timestamp()
     where id = ${id} and terminated_at is null`)
}
