import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/** Ends a session. The rest of sessions is the accounts library's. */
export async function endSession(tx: Db, id: string): Promise<void> {
  await tx.rows(sql`delete from session where id = ${id}`)
}
