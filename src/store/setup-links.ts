import sql from 'sql-template-tag'
import type { CompanyKind } from '../domain/company.ts'
import type { Role } from '../domain/role.ts'
import type { Db } from './database.ts'

/** A link that can be used now. Whether its secret is right is not yet known. */
export interface SetupLinkRow {
  id: string
  companyId: string
  companyName: string
  companyKind: CompanyKind
  role: Role
  email: string | null
  secretHash: Uint8Array
  secretName: string
  expiresAt: string
}

/**
 * Null where there is no such link, it was used, has expired, or its company is suspended. One that names no address is the vendor's first alone: those
 * that earlier versions made for others would tell their holders which addresses have accounts.
 */
export async function openSetupLink(db: Db, id: string): Promise<SetupLinkRow | null> {
  const [row] = await db.rows<SetupLinkRow>(sql`
    select l.id, l.company_id as "companyId", o.name as "companyName", o.kind as "companyKind", l.role, l.email,
           l.secret_hash as "secretHash", l.secret_name as "secretName", l.expires_at as "expiresAt"
      from setup_link l
      join company o on o.id = l.company_id and o.suspended_at is null
     where l.id = ${id} and l.used_at is null and l.expires_at > statement_timestamp()
       and (l.email is not null or (o.kind = 'vendor' and not exists (select 1 from member m where m.company_id = o.id)))`)
  return row ?? null
}

/** Uses a link up. False where another was faster, or it has expired meanwhile. */
export async function useSetupLink(tx: Db, id: string): Promise<boolean> {
  const rows = await tx.rows(sql`
    update setup_link set used_at = statement_timestamp()
     where id = ${id} and used_at is null and expires_at > statement_timestamp()
    returning id`)
  return rows.length > 0
}

export async function createSetupLink(
  tx: Db,
  company: string,
  given: { id: string; role: Role; email: string | null; expiresAt: string; secretHash: Uint8Array; secretName: string },
): Promise<void> {
  await tx.rows(sql`
    insert into setup_link (id, company_id, role, email, secret_hash, secret_name, expires_at)
    values (${given.id}, ${company}, ${given.role}, ${given.email}, ${given.secretHash}, ${given.secretName}, ${given.expiresAt}::timestamptz)`)
}

/** Deletes a company's links that were not used, so that a newer one is the only one. */
export async function deleteOpenSetupLinks(tx: Db, company: string): Promise<void> {
  await tx.rows(sql`delete from setup_link where company_id = ${company} and used_at is null`)
}
