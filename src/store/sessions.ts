import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/** How a session began; `provider`: at the company's own. */
export type SignInMethod = 'password' | 'passkey' | 'provider'

/** A session that has not expired. */
export interface SessionRow {
  id: string
  address: string | null
  userAgent: string | null
  method: SignInMethod
  createdAt: string
  /** As it was written down last. */
  usedAt: string
}

/** A person's sessions that can be used, the one used last first. */
export async function sessionsOf(db: Db, person: string): Promise<SessionRow[]> {
  return db.rows<SessionRow>(sql`
    select id, nullif(ip_address, '') as "address", nullif(user_agent, '') as "userAgent", method, created_at as "createdAt",
           updated_at as "usedAt"
      from session
     where person_id = ${person} and expires_at > statement_timestamp()
     order by updated_at desc, id`)
}

/** Its person has just proved to be there. */
export async function confirmSession(tx: Db, id: string, method: SignInMethod): Promise<void> {
  await tx.rows(sql`update session set confirmed_at = statement_timestamp(), method = ${method} where id = ${id}`)
}

/** Ends a session. The rest of sessions is the accounts library's. */
export async function endSession(tx: Db, id: string): Promise<void> {
  await tx.rows(sql`delete from session where id = ${id}`)
}

/** Ends one of a person's sessions. False where it is not there, or somebody else's. */
export async function endSessionOf(tx: Db, person: string, id: string): Promise<boolean> {
  return (await tx.rows(sql`delete from session where id = ${id} and person_id = ${person} returning id`)).length > 0
}

/** Ends all sessions of a person but the one to keep; null: all. Returns how many. */
export async function endSessionsOf(tx: Db, person: string, kept: string | null): Promise<number> {
  const rows = await tx.rows(sql`
    delete from session where person_id = ${person} and id is distinct from ${kept}::text returning id`)
  return rows.length
}

/** Ends sessions that have expired, at most `limit`; returns how many. Each is an act, as if its person had signed out. */
export async function endExpiredSessions(tx: Db, limit: number): Promise<number> {
  const rows = await tx.rows(sql`
    delete from session
     where id in (select id from session where expires_at <= statement_timestamp() order by expires_at limit ${limit})
    returning id`)
  return rows.length
}
