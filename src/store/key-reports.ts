import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/** What is stored of a key's secret, of one that is not valid now too; null: there is no such key. */
export async function keySecretOf(db: Db, id: string): Promise<{ secretHash: Uint8Array; secretName: string } | null> {
  const [row] = await db.rows<{ secretHash: Uint8Array; secretName: string }>(sql`
    select secret_hash as "secretHash", secret_name as "secretName" from api_key where id = ${id}`)
  return row ?? null
}

/** Whose key was reported. */
export interface ReportedKey {
  companyId: string
  company: string
  name: string
  lastUsedAt: string | null
}

/** Marks a key as found by somebody: it is never accepted again (I2). Null: it was marked before, or is not there any more. */
export async function reportKey(tx: Db, id: string): Promise<ReportedKey | null> {
  const [row] = await tx.rows<ReportedKey>(sql`
    update api_key k
       set reported_at = statement_timestamp()
      from company o
     where k.id = ${id} and k.reported_at is null and o.id = k.company_id
    returning k.company_id as "companyId", o.name as "company", k.name,
              (select u.used_at from api_key_use u where u.key_id = k.id) as "lastUsedAt"`)
  return row ?? null
}
