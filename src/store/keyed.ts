import sql, { type Sql } from 'sql-template-tag'
import type { Db } from './database.ts'

/** Who asks: a key's id, and what may be stored for the secret that came with it (hex). */
export interface AskingKey {
  id: string
  hashes: readonly string[]
  /** From where the request came; null: from no address that could be in a network. */
  address: string | null
}

/** Whether the key `k` is accepted from an address. A part of every statement that asks as a key. */
export function acceptedFrom(address: Sql): Sql {
  return sql`(k.networks is null or ${address}::inet <<= any (k.networks))`
}

/** What the database says of a key beside the answer to its question. Whether its secret is right is not yet known. */
export interface KeyedRow {
  secretHash: Uint8Array
  secretName: string
  companyId: string
}

/**
 * Asks a question as a key: `question` is a select over the covered views, for `k.id` as the caller. Key, coverage and data come
 * from one snapshot, in one statement (I1, I2). No row where no such key is valid now; otherwise the question's rows, or one
 * whose own columns are null where the question has no answer for this key.
 *
 * The question is asked only if one of the key's `hashes` is the stored hash, so that whoever knows no more than a key's id causes no
 * work. A key is not valid outside of its networks. The comparison that counts is the caller's, in constant time.
 */
export async function askAsKey<Row extends object>(db: Db, key: AskingKey, question: Sql): Promise<(KeyedRow & Partial<Row>)[]> {
  return db.rows<KeyedRow & Partial<Row>>(sql`
    select k.secret_hash as "secretHash", k.secret_name as "secretName", k.company_id as "companyId", q.*
      from valid_key k
      left join lateral (${question}) q on encode(k.secret_hash, 'hex') = any (${key.hashes}::text[])
     where k.id = ${key.id} and ${acceptedFrom(sql`${key.address}`)}`)
}

/** The question of a request that is malformed: only its key is looked up. */
export const nothingAsked: Sql = sql`select true as "nothing"`

/** How many customers a partner covers now. */
export async function customersCovered(db: Db, companyId: string): Promise<number> {
  const [row] = await db.rows<{ customers: number }>(sql`
    select count(*) as customers from valid_customer v where v.partner_company_id = ${companyId}`)
  return row?.customers ?? 0
}
