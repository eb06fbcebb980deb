import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/** Ends a session. The rest of sessions is the accounts library's. */
export async function endSession(tx: Db, id: string): Promise<void> {
  await tx.rows(sql`delete from session where id = ${id}`)
}

/** Ends all sessions of a person. */
export async function endSessionsOf(tx: Db, person: string): Promise<void> {
  await tx.rows(sql`delete from session where person_id = ${person}`)
}

/** Ends sessions that have expired, at most `limit`; returns how many. Each is an act, as if its person had signed out. */
export async function endExpiredSessions(tx: Db, limit: number): Promise<number> {
  const rows = await tx.rows(sql`
    delete from session
     where id in (select id from session where expires_at <= statement_timestamp() order by expires_at limit ${limit})
    returning id`)
  return rows.length
}
