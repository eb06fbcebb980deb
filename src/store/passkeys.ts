import sql from 'sql-template-tag'
import type { Db } from './database.ts'

export interface PasskeyRow {
  id: string
  name: string | null
  createdAt: string
}

/** A person's passkeys, the newest first. */
export async function passkeysOf(db: Db, person: string): Promise<PasskeyRow[]> {
  return db.rows<PasskeyRow>(sql`
    select id, name, created_at as "createdAt" from passkey where person_id = ${person} order by created_at desc, id`)
}

/** Whose passkey has this credential's id; null: nobody's. */
export async function personOfPasskey(db: Db, credential: string): Promise<string | null> {
  const [row] = await db.rows<{ person: string }>(sql`
    select person_id as "person" from passkey where credential_id = ${credential}`)
  return row?.person ?? null
}
