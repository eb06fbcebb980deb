import sql, { type Sql } from 'sql-template-tag'
import type { Consent, DataKinds } from '../domain/partnership.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

/** What a customer consents to; what is absent stays as it is, or is what a consent has where nothing else is said. */
export interface WantedConsent {
  kinds?: DataKinds | undefined
  /** The first moment at which it does not hold; null: until it is withdrawn. */
  endsAt?: string | null | undefined
  /** Which version of the words is agreed to. */
  textVersion: string
  /** The present, but for the world to try. */
  givenAt?: Date | undefined
}

/** What has happened to a consent. */
export interface ConsentEvent {
  consentId: string
  event: 'given' | 'changed' | 'withdrawn' | 'expired'
}

/**
 * Gives consent in a partnership of this customer, or changes the limits of the one that stands. To the same as before, nothing happens. Without
 * limits: the present ones; where no consent stands, all kinds until it is withdrawn. `events`: what came of it. Null where the customer
 * has no such partnership now.
 */
export async function giveConsent(
  tx: Db,
  customer: string,
  partnership: string,
  wanted: WantedConsent,
  person: string | null,
): Promise<{ consent: Consent; events: ConsentEvent[] } | null> {
  if (!(await lockPartnership(tx, customer, partnership))) return null
  const standing = await consentWhere(
    tx,
    sql`c.partnership_id = ${partnership} and c.ended_at is null and (c.ends_at is null or c.ends_at > statement_timestamp())`,
  )
  const kinds = wanted.kinds ?? standing?.kinds ?? { inventory: true, alarms: true, sensors: true }
  const endsAt = wanted.endsAt === undefined ? (standing?.endsAt ?? null) : wanted.endsAt
  if (standing && sameKinds(standing.kinds, kinds) && (standing.endsAt ?? null) === endsAt) {
    return { consent: standing, events: [] }
  }
  if (standing) {
    await tx.rows(sql`
      update consent
         set inventory = ${kinds.inventory}, alarms = ${kinds.alarms}, sensors = ${kinds.sensors}, ends_at = ${endsAt}::timestamptz,
             changed_at = statement_timestamp(), text_version = ${wanted.textVersion}
       where id = ${standing.id}`)
    return made(tx, [], { consentId: standing.id, event: 'changed' })
  }
  // What expired is noted after a look that did not find it standing: so none is left open, whatever the moment.
  const expired = await noteExpired(tx, partnership)
  const [row] = await tx.rows<{ id: string }>(sql`
      insert into consent (partnership_id, inventory, alarms, sensors, ends_at, text_version, given_by, given_at)
      values (${partnership}, ${kinds.inventory}, ${kinds.alarms}, ${kinds.sensors}, ${endsAt}::timestamptz, ${wanted.textVersion}, ${person},
              coalesce(${wanted.givenAt?.toISOString() ?? null}::timestamptz, statement_timestamp()))
      returning id`)
  return made(tx, expired, { consentId: (row as { id: string }).id, event: 'given' })
}

async function made(tx: Db, before: ConsentEvent[], event: ConsentEvent): Promise<{ consent: Consent; events: ConsentEvent[] }> {
  return { consent: (await consentWhere(tx, sql`c.id = ${event.consentId}`)) as Consent, events: [...before, event] }
}

/** Withdraws consent, if there is one: what came of it. Null where the customer has no such partnership. */
export async function withdrawConsent(tx: Db, customer: string, partnership: string): Promise<ConsentEvent[] | null> {
  return (await lockPartnership(tx, customer, partnership)) ? endConsent(tx, partnership) : null
}

/** Ends the consent in a partnership that the transaction has locked: it is withdrawn, or had expired before anybody noted that. */
export async function endConsent(tx: Db, partnership: string): Promise<ConsentEvent[]> {
  return tx.rows<ConsentEvent>(sql`
    update consent
       set ended_at = least(statement_timestamp(), ends_at)
     where partnership_id = ${partnership} and ended_at is null
    returning id as "consentId", case when ended_at = ends_at then 'expired' else 'withdrawn' end as "event"`)
}

/** Notes that the consent in a partnership has expired, where it has. The partnership must be locked. */
export async function noteExpired(tx: Db, partnership: string): Promise<ConsentEvent[]> {
  return tx.rows<ConsentEvent>(sql`
    update consent
       set ended_at = ends_at
     where partnership_id = ${partnership} and ended_at is null and ends_at <= statement_timestamp()
    returning id as "consentId", 'expired' as "event"`)
}

async function lockPartnership(tx: Db, customer: string, partnership: string): Promise<boolean> {
  const locked = await tx.rows(sql`
    select id from partnership where id = ${partnership} and customer_id = ${customer} and ended_at is null for update`)
  return locked.length > 0
}

async function consentWhere(tx: Db, condition: Sql): Promise<Consent | null> {
  const [row] = await tx.rows<
    { id: string; givenAt: string; givenBy: string | null; endsAt: string | null; textVersion: string | null } & DataKinds
  >(sql`
    select c.id, c.given_at as "givenAt", g.name as "givenBy", c.ends_at as "endsAt", c.text_version as "textVersion",
           c.inventory, c.alarms, c.sensors
      from consent c
      left join person g on g.id = c.given_by
     where ${condition}`)
  if (!row) return null
  const { inventory, alarms, sensors, ...own } = row
  return { ...present(own), kinds: { inventory, alarms, sensors } }
}

function sameKinds(one: DataKinds, other: DataKinds): boolean {
  return one.inventory === other.inventory && one.alarms === other.alarms && one.sensors === other.sensors
}
