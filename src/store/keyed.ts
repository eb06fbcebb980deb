import sql, { type Sql } from 'sql-template-tag'
import type { Db } from './database.ts'

/** What the database says of a key beside the answer to its question. Whether its secret is right is not yet known. */
export interface KeyedRow {
  secretHash: Uint8Array
  secretName: string
  companyId: string
  /** How many customers its company covers, when `countCustomers` asked. */
  customers: number | null
}

/**
 * Asks a question as a key: `question` is a select of at most one row over the covered views, for `k.id` as the caller. Key,
 * coverage and data come from one snapshot, in one statement (I1, I2). Empty where no such key is valid now; otherwise one
 * row, whose own columns are null where the question has no answer for this key.
 *
 * The question is asked only if one of `secretHashes` (hex) is the stored hash, so that whoever knows no more than a key's id causes no
 * work. The comparison that counts is the caller's, in constant time.
 */
export async function askAsKey<Row extends object>(
  db: Db,
  key: { id: string; secretHashes: readonly string[] },
  question: Sql,
  countCustomers: boolean,
): Promise<(KeyedRow & Partial<Row>) | undefined> {
  const count = countCustomers
    ? sql`(select count(*) from valid_customer v where v.partner_company_id = k.company_id)`
    : sql`null::bigint`
  const [row] = await db.rows<KeyedRow & Partial<Row>>(sql`
    select k.secret_hash as "secretHash", k.secret_name as "secretName", k.company_id as "companyId", ${count} as "customers", q.*
      from valid_key k
      left join lateral (${question}) q on encode(k.secret_hash, 'hex') = any (${key.secretHashes}::text[])
     where k.id = ${key.id}`)
  return row
}

/** The question of a request that is malformed: only its key is looked up. */
export const nothingAsked: Sql = sql`select true as "nothing"`
