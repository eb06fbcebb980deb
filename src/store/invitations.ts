import sql, { type Sql } from 'sql-template-tag'
import type { CompanyKind } from '../domain/company.ts'
import type { Invitation } from '../domain/invitation.ts'
import type { Role } from '../domain/role.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

const isOpen: Sql = sql`i.accepted_at is null and i.revoked_at is null`

interface InvitationRow {
  id: string
  email: string
  role: Role
  state: Invitation['state']
  invitedBy: string | null
  createdAt: string
  expiresAt: string
}

/** A company's invitations that are neither accepted nor revoked, the newest first, or the one with this id. */
export async function invitationsOf(db: Db, company: string, id?: string): Promise<Invitation[]> {
  const rows = await db.rows<InvitationRow>(sql`
    select i.id, i.email, i.role, p.name as "invitedBy", i.created_at as "createdAt", i.expires_at as "expiresAt",
           case when i.expires_at <= statement_timestamp() then 'expired' when i.link_id is null then 'approval awaited' else 'pending' end as "state"
      from invitation i
      left join person p on p.id = i.inviter_id
     where i.company_id = ${company} and ${isOpen} and (${id ?? null}::text is null or i.id = ${id ?? null})
     order by i.created_at desc, i.id`)
  return rows.map(present)
}

/** The hash of a link's secret, and until when the link is good. */
export interface NewLink {
  linkId: string
  secretHash: Uint8Array
  secretName: string
  expiresAt: string
}

/**
 * Adds an invitation; `link` is null where approval is awaited, until `expiresAt`. Returns its id, or null where the address has an open one
 * that has not expired. One that has expired gives way.
 */
export async function addInvitation(
  tx: Db,
  company: string,
  given: { email: string; role: Role; inviterId: string | null; link: NewLink | null; expiresAt: string },
): Promise<string | null> {
  await tx.rows(sql`
    delete from invitation i
     where i.company_id = ${company} and i.email = ${given.email} and ${isOpen} and i.expires_at <= statement_timestamp()`)
  const { link } = given
  const [made] = await tx.rows<{ id: string }>(sql`
    insert into invitation (company_id, email, role, inviter_id, link_id, secret_hash, secret_name, links_made, expires_at)
    values (${company}, ${given.email}, ${given.role}, ${given.inviterId}, ${link?.linkId ?? null}, ${link?.secretHash ?? null},
            ${link?.secretName ?? null}, ${link === null ? 0 : 1}, ${given.expiresAt}::timestamptz)
    on conflict (company_id, email) where accepted_at is null and revoked_at is null do nothing
    returning id`)
  return made?.id ?? null
}

/** How many a company, and of it one person, has invited in the last 24 hours. */
export async function invitedLately(
  db: Db,
  company: string,
  inviter: string | null,
): Promise<{ company: number; inviter: number }> {
  const [row] = await db.rows<{ company: number; inviter: number }>(sql`
    select count(*) as "company", count(*) filter (where inviter_id = ${inviter}) as "inviter"
      from invitation
     where company_id = ${company} and created_at > statement_timestamp() - interval '24 hours'`)
  return row ?? { company: 0, inviter: 0 }
}

/** What the mail of an invitation says. */
export interface MailedInvitation {
  email: string
  role: Role
  invitedBy: string | null
  inviterId: string | null
  linksMade: number
}

const mailed: Sql = sql`
  i.email, i.role, (select p.name from person p where p.id = i.inviter_id) as "invitedBy", i.inviter_id as "inviterId", i.links_made as "linksMade"`

/**
 * Gives an open invitation a new link, which ends the one before. Null where this company has no such, or it awaits approval; one that has expired
 * while it did so is thereby approved.
 */
export async function renewInvitation(tx: Db, company: string, id: string, link: NewLink): Promise<MailedInvitation | null> {
  const [row] = await tx.rows<MailedInvitation>(sql`
    update invitation i
       set link_id = ${link.linkId}, secret_hash = ${link.secretHash}, secret_name = ${link.secretName},
           expires_at = ${link.expiresAt}::timestamptz, links_made = i.links_made + 1,
           approved_at = case when i.link_id is null then statement_timestamp() else i.approved_at end
     where i.id = ${id} and i.company_id = ${company} and ${isOpen}
       and (i.link_id is not null or i.expires_at <= statement_timestamp())
    returning ${mailed}`)
  return row ?? null
}

/** Approves an invitation and gives it its link. Null where this company has no such that awaits it. */
export async function approveInvitation(tx: Db, company: string, id: string, link: NewLink): Promise<MailedInvitation | null> {
  const [row] = await tx.rows<MailedInvitation>(sql`
    update invitation i
       set link_id = ${link.linkId}, secret_hash = ${link.secretHash}, secret_name = ${link.secretName},
           expires_at = ${link.expiresAt}::timestamptz, links_made = 1, approved_at = statement_timestamp()
     where i.id = ${id} and i.company_id = ${company} and ${isOpen} and i.link_id is null
    returning ${mailed}`)
  return row ?? null
}

/** Ends an open invitation and its link. Whether this company had such. */
export async function revokeInvitation(tx: Db, company: string, id: string): Promise<boolean> {
  const rows = await tx.rows(sql`
    update invitation i set revoked_at = statement_timestamp()
     where i.id = ${id} and i.company_id = ${company} and ${isOpen}
    returning i.id`)
  return rows.length > 0
}

/** An invitation as its link finds it. Whether the link's secret is right is not yet known. */
export interface LinkedInvitation {
  id: string
  linkId: string
  secretHash: Uint8Array
  secretName: string
  email: string
  role: Role
  companyId: string
  companyName: string
  companyKind: CompanyKind
  invitedBy: string | null
  inviterId: string | null
  expiresAt: string
  state: 'open' | 'accepted' | 'revoked' | 'expired'
}

/** Null where no invitation has this link now, or its company is suspended. */
export async function invitationByLink(db: Db, linkId: string): Promise<LinkedInvitation | null> {
  const [row] = await db.rows<LinkedInvitation>(sql`
    select i.id, i.link_id as "linkId", i.secret_hash as "secretHash", i.secret_name as "secretName", i.email, i.role,
           i.company_id as "companyId", o.name as "companyName", o.kind as "companyKind", p.name as "invitedBy",
           i.inviter_id as "inviterId", i.expires_at as "expiresAt",
           case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
                when i.expires_at <= statement_timestamp() then 'expired' else 'open' end as "state"
      from invitation i
      join company o on o.id = i.company_id and o.suspended_at is null
      left join person p on p.id = i.inviter_id
     where i.link_id = ${linkId}`)
  return row ?? null
}

/** Uses an invitation up. False where it was accepted, revoked, sent again or has expired meanwhile, or its company was suspended. */
export async function useInvitation(tx: Db, { id, linkId }: { id: string; linkId: string }): Promise<boolean> {
  const rows = await tx.rows(sql`
    update invitation i set accepted_at = statement_timestamp()
     where i.id = ${id} and i.link_id = ${linkId} and ${isOpen} and i.expires_at > statement_timestamp()
       and exists (select 1 from company o where o.id = i.company_id and o.suspended_at is null)
    returning i.id`)
  return rows.length > 0
}

/**
 * Forgets invitations, of co-workers and of customers, that ended so many days ago, and what the record of acts tells of the people whom
 * they were for, unless they joined: those have an account, and go with it. The acts stay, with their digests (I11). How many.
 */
export async function forgetInvitations(tx: Db, days: number): Promise<number> {
  const ended = sql`coalesce(accepted_at, revoked_at, expires_at) < statement_timestamp() - make_interval(days => ${days})`
  const rows = await tx.rows<{ id: string; joined: boolean }>(sql`
    with co_workers as (delete from invitation where ${ended} returning id, accepted_at),
         customers as (delete from customer_invitation where ${ended} returning id, accepted_at)
    select id, accepted_at is not null as "joined" from co_workers
     union all
    select id, accepted_at is not null from customers`)
  if (rows.length === 0) return 0
  // The acts of this are written now, so that what they tell goes as well.
  await tx.rows(sql`set constraints all immediate`)
  await tx.rows(sql`
    delete from act_personal p using act a
     where a.seq = p.seq and a.verb ~ '^(customer_)?invitation[.]'
       and a.record::jsonb #>> '{subject,id}' = any (${rows.filter(({ joined }) => !joined).map(({ id }) => id)}::text[])`)
  await tx.rows(sql`set constraints all deferred`)
  return rows.length
}
