import sql from 'sql-template-tag'
import type { AdministratorAccess } from '../domain/partnership.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

/**
 * Lets the partner of this partnership act for the customer. Granted already, it stays as it is. Null where the customer has no such
 * partnership now; `isNew`: it was not granted before.
 */
export async function grantAdministratorAccess(
  tx: Db,
  customer: string,
  partnership: string,
  person: string | null,
): Promise<{ access: AdministratorAccess; isNew: boolean } | null> {
  const locked = await tx.rows(sql`
    select id from partnership where id = ${partnership} and customer_id = ${customer} and ended_at is null for update`)
  if (locked.length === 0) return null
  const made = await tx.rows(sql`
    insert into administrator_grant (partnership_id, granted_by)
    values (${partnership}, ${person})
    on conflict (partnership_id) where ended_at is null do nothing
    returning id`)
  const [row] = await tx.rows<{ grantedAt: string; grantedBy: string | null }>(sql`
    select g.granted_at as "grantedAt", p.name as "grantedBy"
      from administrator_grant g
      left join person p on p.id = g.granted_by
     where g.partnership_id = ${partnership} and g.ended_at is null`)
  return row ? { access: present(row), isNew: made.length > 0 } : null
}

/** Ends it at once. Null where the customer has no such partnership now; else whether there was a grant. */
export async function endAdministratorAccess(tx: Db, customer: string, partnership: string): Promise<boolean | null> {
  const locked = await tx.rows(sql`
    select id from partnership where id = ${partnership} and customer_id = ${customer} and ended_at is null for update`)
  return locked.length === 0 ? null : endGrant(tx, partnership)
}

/** Ends the grant of a partnership, if there is one. */
export async function endGrant(tx: Db, partnership: string): Promise<boolean> {
  const ended = await tx.rows(sql`
    update administrator_grant set ended_at = statement_timestamp() where partnership_id = ${partnership} and ended_at is null
    returning id`)
  return ended.length > 0
}

/** For which customer administrators of this partner may act, and whether it wants a second factor of them. Null: not for this one now. */
export async function administeredCustomer(
  db: Db,
  partnerCompany: string,
  customer: string,
): Promise<{ requiresTwoFactor: boolean } | null> {
  const [row] = await db.rows<{ requiresTwoFactor: boolean }>(sql`
    select o.requires_two_factor as "requiresTwoFactor"
      from administered_customer a
      join company o on o.id = a.customer_id
     where a.partner_company_id = ${partnerCompany} and a.customer_id = ${customer}`)
  return row ?? null
}
