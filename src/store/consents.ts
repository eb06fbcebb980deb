import sql from 'sql-template-tag'
import type { Consent, DataKinds } from '../domain/partnership.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

/**
 * Gives consent in a partnership of this customer. Consent to the same kinds stays as it is; one to other kinds is withdrawn
 * and a new one made, since a stream is bound to the consent under which it opened (I3). Without `kinds`: the present ones,
 * else all. Null where the customer has no such partnership now. `givenAt` is the present, but for the world to try.
 */
export async function giveConsent(
  tx: Db,
  customer: string,
  partnership: string,
  kinds: DataKinds | undefined,
  person: string | null,
  givenAt?: Date,
): Promise<Consent | null> {
  const locked = await tx.rows(sql`
    select id from partnership where id = ${partnership} and customer_id = ${customer} and ended_at is null for update`)
  if (locked.length === 0) return null
  const standing = await consentIn(tx, partnership)
  const wanted = kinds ?? standing?.kinds ?? { inventory: true, alarms: true, sensors: true }
  if (standing && sameKinds(standing.kinds, wanted)) return standing
  if (standing) await endConsent(tx, partnership)
  await tx.rows(sql`
    insert into consent (partnership_id, inventory, alarms, sensors, given_by, given_at)
    values (${partnership}, ${wanted.inventory}, ${wanted.alarms}, ${wanted.sensors}, ${person},
            coalesce(${givenAt?.toISOString() ?? null}::timestamptz, statement_timestamp()))`)
  return consentIn(tx, partnership)
}

/** Withdraws consent, if there is one. Whether the customer has such a partnership. */
export async function withdrawConsent(tx: Db, customer: string, partnership: string): Promise<boolean> {
  const locked = await tx.rows(sql`
    select id from partnership where id = ${partnership} and customer_id = ${customer} and ended_at is null for update`)
  if (locked.length === 0) return false
  await endConsent(tx, partnership)
  return true
}

async function endConsent(tx: Db, partnership: string): Promise<void> {
  await tx.rows(
    sql`update consent set withdrawn_at = statement_timestamp() where partnership_id = ${partnership} and withdrawn_at is null`,
  )
}

async function consentIn(tx: Db, partnership: string): Promise<Consent | null> {
  const [row] = await tx.rows<{ id: string; givenAt: string; givenBy: string | null } & DataKinds>(sql`
    select c.id, c.given_at as "givenAt", g.name as "givenBy", c.inventory, c.alarms, c.sensors
      from consent c
      left join person g on g.id = c.given_by
     where c.partnership_id = ${partnership} and c.withdrawn_at is null`)
  if (!row) return null
  const { inventory, alarms, sensors, ...own } = row
  return { ...present(own), kinds: { inventory, alarms, sensors } }
}

function sameKinds(one: DataKinds, other: DataKinds): boolean {
  return one.inventory === other.inventory && one.alarms === other.alarms && one.sensors === other.sensors
}
