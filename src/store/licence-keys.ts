import sql from 'sql-template-tag'
import type { LicenceKey } from '../domain/licence-key.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

/** Keys that a list shows. */
const licenceKeysMax = 1000

interface LicenceKeyRow {
  id: string
  prefix: string
  days: number
  note: string | null
  state: LicenceKey['state']
  createdAt: string
  createdBy: string | null
  redeemedAt: string | null
  companyId: string | null
  companyName: string | null
}

/** The newest licence keys, or the one with this id. For the vendor. */
export async function licenceKeys(db: Db, id?: string): Promise<LicenceKey[]> {
  const rows = await db.rows<LicenceKeyRow>(sql`
    select l.id, 'lk_' || l.id as "prefix", l.days, l.note,
           case when l.redeemed_at is not null then 'redeemed' when l.withdrawn_at is not null then 'withdrawn' else 'open' end as "state",
           l.created_at as "createdAt", m.name as "createdBy", l.redeemed_at as "redeemedAt", o.id as "companyId", o.name as "companyName"
      from licence_key l
      left join person m on m.id = l.created_by
      left join company o on o.id = l.company_id
     where ${id ?? null}::text is null or l.id = ${id ?? null}
     order by l.created_at desc, l.id
     limit ${licenceKeysMax}`)
  return rows.map(({ companyId, companyName, ...row }) => ({
    ...present(row),
    ...(companyId === null || companyName === null ? {} : { company: { id: companyId, name: companyName } }),
  }))
}

export async function createLicenceKey(
  tx: Db,
  given: {
    id: string
    days: number
    note: string | undefined
    secretHash: Uint8Array
    secretName: string
    createdBy: string | null
  },
): Promise<void> {
  await tx.rows(sql`
    insert into licence_key (id, days, note, secret_hash, secret_name, created_by)
    values (${given.id}, ${given.days}, ${given.note ?? null}, ${given.secretHash}, ${given.secretName}, ${given.createdBy})`)
}

/** A licence key that nobody else redeems or withdraws before the transaction ends. Whether its secret is right is not yet known. */
export async function lockLicenceKey(
  tx: Db,
  id: string,
): Promise<{ days: number; isOpen: boolean; secretHash: Uint8Array; secretName: string } | null> {
  const [row] = await tx.rows<{ days: number; isOpen: boolean; secretHash: Uint8Array; secretName: string }>(sql`
    select days, redeemed_at is null and withdrawn_at is null as "isOpen", secret_hash as "secretHash", secret_name as "secretName"
      from licence_key
     where id = ${id}
       for update`)
  return row ?? null
}

/** Notes for whom a locked key was redeemed, and what came of it. */
export async function noteRedeemed(tx: Db, id: string, company: string, subscription: string): Promise<void> {
  await tx.rows(sql`
    update licence_key set redeemed_at = statement_timestamp(), company_id = ${company}, subscription_id = ${subscription} where id = ${id}`)
}

/** Withdraws a locked key. */
export async function withdrawLicenceKey(tx: Db, id: string): Promise<void> {
  await tx.rows(sql`update licence_key set withdrawn_at = statement_timestamp() where id = ${id}`)
}
