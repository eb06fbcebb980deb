import sql from 'sql-template-tag'
import type { CompanyKind } from '../domain/company.ts'
import type { Db } from './database.ts'

/** A visit that holds now. */
export interface VisitRow {
  /** As a caller: of what a company's members see and which is no device data. The coverage knows no such caller. */
  id: string
  companyId: string
  companyKind: CompanyKind
  companyName: string
  partnerId: string | null
  reason: string
  expiresAt: string
}

/** Which company a session views now; null: none. */
export async function standingVisit(db: Db, session: string): Promise<VisitRow | null> {
  const [row] = await db.rows<VisitRow>(sql`
    select id, company_id as "companyId", company_kind as "companyKind", company_name as "companyName", partner_id as "partnerId", reason,
           expires_at as "expiresAt"
      from standing_visit
     where session_id = ${session}`)
  return row ?? null
}

/** Begins a visit of a session, in place of one that it may still have. The company's row is to be locked. */
export async function beginVisit(
  tx: Db,
  { session, company, reason, minutes }: { session: string; company: string; reason: string; minutes: number },
): Promise<void> {
  // Two at once take turns, so that the second ends the first.
  await tx.rows(sql`select id from session where id = ${session} for update`)
  await tx.rows(sql`delete from visit where session_id = ${session}`)
  await tx.rows(sql`
    insert into visit (session_id, company_id, reason, expires_at)
    values (${session}, ${company}, ${reason}, statement_timestamp() + make_interval(mins => ${minutes}))`)
}

/** Ends the visit of a session; it may have none. */
export async function endVisit(tx: Db, session: string): Promise<void> {
  await tx.rows(sql`delete from visit where session_id = ${session}`)
}

/** Ends visits whose time is over, which hold no longer anyway, so that the record says so. */
export async function endExpiredVisits(tx: Db): Promise<void> {
  await tx.rows(sql`delete from visit where expires_at <= statement_timestamp()`)
}

/** Whether the vendor may view the company's portal. */
export async function allowsVisits(db: Db, company: string): Promise<boolean> {
  const [row] = await db.rows<{ allowed: boolean }>(sql`select allows_visits as "allowed" from company where id = ${company}`)
  return row?.allowed === true
}

/** Allows the vendor to view the company's portal, or no longer: visits under way then end with it (a trigger on the company's row). */
export async function allowVisits(tx: Db, company: string, allowed: boolean): Promise<void> {
  await tx.rows(sql`update company set allows_visits = ${allowed} where id = ${company}`)
}
