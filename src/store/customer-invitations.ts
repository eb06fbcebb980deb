import sql, { type Sql } from 'sql-template-tag'
import type { CustomerInvitation } from '../domain/customer-invitation.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

/** What a new link leaves in the database: the id part by which it is found, the hash of its secret, and its end. */
export interface StoredLink {
  linkId: string
  secretHash: Uint8Array
  secretName: string
  expiresAt: string
}

interface InvitationRow {
  id: string
  organizationName: string
  email: string
  address: string | null
  invitedBy: string | null
  createdAt: string
  sentAt: string
  expiresAt: string
  state: CustomerInvitation['state']
}

/** An invitation that was neither accepted nor revoked. */
const isOpen: Sql = sql`i.accepted_at is null and i.revoked_at is null`

/** A partner's invitations that are neither accepted nor revoked, the newest first, or the one with this id. */
export async function customerInvitationsOf(db: Db, partner: string, id?: string): Promise<CustomerInvitation[]> {
  const rows = await db.rows<InvitationRow>(sql`
    select i.id, i.organization_name as "organizationName", i.email, i.address, p.name as "invitedBy", i.created_at as "createdAt",
           i.sent_at as "sentAt", i.expires_at as "expiresAt",
           case when i.expires_at > statement_timestamp() then 'pending' else 'expired' end as "state"
      from customer_invitation i
      left join person p on p.id = i.invited_by
     where i.company_id = ${partner} and ${isOpen} and (${id ?? null}::text is null or i.id = ${id ?? null})
     order by i.created_at desc, i.id`)
  return rows.map(present)
}

/** Adds an invitation and answers its id; null where this partner has invited the address and that link still works. */
export async function addCustomerInvitation(
  tx: Db,
  partner: string,
  given: StoredLink & { organizationName: string; email: string; address: string | null; invitedBy: string | null },
): Promise<string | null> {
  await tx.rows(sql`
    update customer_invitation i set revoked_at = statement_timestamp()
     where i.company_id = ${partner} and i.email = ${given.email} and ${isOpen} and i.expires_at <= statement_timestamp()`)
  const [made] = await tx.rows<{ id: string }>(sql`
    insert into customer_invitation (company_id, organization_name, address, email, invited_by, link_id, secret_hash, secret_name, expires_at)
    values (${partner}, ${given.organizationName}, ${given.address}, ${given.email}, ${given.invitedBy}, ${given.linkId},
            ${given.secretHash}, ${given.secretName}, ${given.expiresAt}::timestamptz)
    on conflict (company_id, email) where accepted_at is null and revoked_at is null do nothing
    returning id`)
  return made?.id ?? null
}

/** Gives an open invitation another link: the one before finds nothing any more. Whether this partner has such an invitation. */
export async function renewCustomerInvitation(tx: Db, partner: string, id: string, link: StoredLink): Promise<boolean> {
  const rows = await tx.rows(sql`
    update customer_invitation i
       set link_id = ${link.linkId}, secret_hash = ${link.secretHash}, secret_name = ${link.secretName},
           expires_at = ${link.expiresAt}::timestamptz, sent_at = statement_timestamp()
     where i.id = ${id} and i.company_id = ${partner} and ${isOpen}
    returning i.id`)
  return rows.length > 0
}

/** Whether this partner had such an open invitation. */
export async function revokeCustomerInvitation(tx: Db, partner: string, id: string): Promise<boolean> {
  const rows = await tx.rows(sql`
    update customer_invitation i set revoked_at = statement_timestamp()
     where i.id = ${id} and i.company_id = ${partner} and ${isOpen}
    returning i.id`)
  return rows.length > 0
}

/** An invitation whose link works now. Whether the link's secret is right is not yet known. */
export interface OpenInvitation {
  id: string
  linkId: string
  partnerCompanyId: string
  partnerName: string
  contactEmail: string | null
  contactPhone: string | null
  organizationName: string
  address: string | null
  email: string
  expiresAt: string
  secretHash: Uint8Array
  secretName: string
}

/** Null where no link has this id now, it was accepted or revoked, has expired, or its partner is suspended. */
export async function openCustomerInvitation(db: Db, linkId: string): Promise<OpenInvitation | null> {
  const [row] = await db.rows<OpenInvitation>(sql`
    select i.id, i.link_id as "linkId", i.company_id as "partnerCompanyId", q.name as "partnerName", q.contact_email as "contactEmail",
           q.contact_phone as "contactPhone", i.organization_name as "organizationName", i.address, i.email,
           i.expires_at as "expiresAt", i.secret_hash as "secretHash", i.secret_name as "secretName"
      from customer_invitation i
      join company q on q.id = i.company_id and q.suspended_at is null
     where i.link_id = ${linkId} and ${isOpen} and i.expires_at > statement_timestamp()`)
  return row ?? null
}

/** Whether this link still works; nobody else uses, renews or revokes the invitation before the transaction ends. */
export async function lockCustomerInvitation(tx: Db, id: string, linkId: string): Promise<boolean> {
  const rows = await tx.rows(sql`
    select i.id
      from customer_invitation i
     where i.id = ${id} and i.link_id = ${linkId} and ${isOpen} and i.expires_at > statement_timestamp()
       for update`)
  return rows.length > 0
}

/** Uses a locked invitation up for the company that was made. */
export async function acceptCustomerInvitation(tx: Db, id: string, customer: string): Promise<void> {
  await tx.rows(sql`
    update customer_invitation set accepted_at = statement_timestamp(), customer_id = ${customer} where id = ${id}`)
}

/** Uses up the open invitation by which this partner invited a person who has connected to it without the link. No company was made by it. */
export async function settleCustomerInvitation(tx: Db, partner: string, person: string): Promise<void> {
  await tx.rows(sql`
    update customer_invitation i set accepted_at = statement_timestamp()
      from person e
     where e.id = ${person} and i.email = e.email and i.company_id = ${partner} and ${isOpen}`)
}
