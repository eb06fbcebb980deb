import sql from 'sql-template-tag'
import type { Database } from './database.ts'

/** Stores the last use of each key. A key deleted meanwhile is passed over, and a later use is never overwritten by an earlier one. */
export async function recordKeyUses(db: Database, uses: ReadonlyMap<string, { at: Date; address: string }>): Promise<void> {
  const rows = [...uses].map(([id, use]) => ({ id, at: use.at.toISOString(), address: use.address }))
  await db.system.rows(sql`
    insert into api_key_use (key_id, used_at, address)
    select k.id, u.at, u.address
      from json_to_recordset(${JSON.stringify(rows)}::json) as u (id text, at timestamptz, address text)
      join api_key k on k.id = u.id
        on conflict (key_id) do update set used_at = excluded.used_at, address = excluded.address
     where api_key_use.used_at < excluded.used_at`)
}
