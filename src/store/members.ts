import sql, { type Sql } from 'sql-template-tag'
import type { CompanyKind } from '../domain/company.ts'
import type { Member } from '../domain/member.ts'
import type { Role } from '../domain/role.ts'
import type { Db } from './database.ts'

/** A member of a company that is not suspended, as it is now. */
export interface MemberRow {
  memberId: string
  personId: string
  personName: string
  email: string
  role: Role
  companyId: string
  companyKind: CompanyKind
  companyName: string
  partnerId: string | null
  /** Whether the person's password asks for a code as well. */
  twoFactor: boolean
  /** Whether the company wants a second factor of its members. */
  requiresTwoFactor: boolean
  /** Under which name the company's sign-in provider is reached; null: it has none that is on. */
  providerName: string | null
  /** Whether this member must sign in there. */
  providerRequired: boolean
  /** Whether a sign-in there counts as two factors. */
  providerTwoFactors: boolean
  /** In which language the person chose to read; null: in none. */
  language: string | null
}

/** Whether the member `m` must sign in at the provider `s` of its company, which is on; false where there is none. */
export const providerRequired: Sql = sql`
  coalesce(s.required and not (m.role = 'administrator' and (s.exempt_member_id = m.id or not exists (
    select 1 from member e where e.id = s.exempt_member_id and e.role = 'administrator'))), false)`

const memberColumns: Sql = sql`
  m.id as "memberId", m.person_id as "personId", p.name as "personName", p.email, m.role, m.company_id as "companyId",
  m.company_kind as "companyKind", o.name as "companyName", o.partner_id as "partnerId", p.two_factor_enabled as "twoFactor",
  o.requires_two_factor as "requiresTwoFactor", s.name as "providerName",
  ${providerRequired} as "providerRequired",
  coalesce(s.two_factors, false) as "providerTwoFactors",
  (select l.language from person_language l where l.person_id = m.person_id and l.chosen) as "language"`

/** For whom a person signs in now; null where the person is no member, or of a suspended company. */
export async function memberOfPerson(db: Db, person: string): Promise<MemberRow | null> {
  const [row] = await db.rows<MemberRow>(sql`
    select ${memberColumns}
      from valid_member m
      join person p on p.id = m.person_id
      join company o on o.id = m.company_id
      left join company_sign_in s on s.company_id = m.company_id and s.enabled
     where m.person_id = ${person}`)
  return row ?? null
}

/** A person who signed in and belongs to no company. */
export interface OutsiderRow {
  personId: string
  personName: string
  email: string
  emailVerified: boolean
}

/** Null where there is no such person, or it is a member of any company, a suspended one too. */
export async function outsiderOf(db: Db, person: string): Promise<OutsiderRow | null> {
  const [row] = await db.rows<OutsiderRow>(sql`
    select p.id as "personId", p.name as "personName", p.email, p.email_verified as "emailVerified"
      from person p
     where p.id = ${person} and not exists (select 1 from member m where m.person_id = p.id)`)
  return row ?? null
}

/** An access token that has not expired, with what its maker may now. Whether its secret is right is not yet known. */
export interface TokenRow {
  tokenId: string
  role: Role
  secretHash: Uint8Array
  secretName: string
  expiresAt: string
  companyId: string
  companyKind: CompanyKind
  companyName: string
  partnerId: string | null
  /** Null: made by the installation itself. */
  memberId: string | null
  personId: string | null
  makerRole: Role | null
}

/** Null where the token is not there, has expired, its maker is no longer a member, or the company is suspended. */
export async function tokenById(db: Db, id: string): Promise<TokenRow | null> {
  const [row] = await db.rows<TokenRow>(sql`
    select t.id as "tokenId", t.role, t.secret_hash as "secretHash", t.secret_name as "secretName", t.expires_at as "expiresAt",
           o.id as "companyId", o.kind as "companyKind", o.name as "companyName", o.partner_id as "partnerId", m.id as "memberId",
           m.person_id as "personId", m.role as "makerRole"
      from access_token t
      join company o on o.id = t.company_id and o.suspended_at is null
      left join valid_member m on m.id = t.member_id and m.company_id = t.company_id
     where t.id = ${id} and t.expires_at > statement_timestamp() and (t.member_id is null or m.id is not null)`)
  return row ?? null
}

/** Makes a person a member. False where it belongs to a company already: one person belongs to one. */
export async function addMember(tx: Db, company: string, person: string, role: Role): Promise<boolean> {
  const rows = await tx.rows(sql`
    insert into member (company_id, person_id, role) values (${company}, ${person}, ${role})
    on conflict (person_id) do nothing
    returning id`)
  return rows.length > 0
}

/** Somebody who is sent a mail. */
export interface Recipient {
  personId: string
  email: string
}

/** How many administrators are told of what happens in their company, those of longest standing. */
const administratorsToldMax = 50

/** The administrators of a company as recipients of what concerns it, at most so many. Nobody where the company is suspended. */
export async function administratorsOf(db: Db, company: string): Promise<Recipient[]> {
  return db.rows(sql`
    select v.person_id as "personId", p.email
      from valid_member v
      join member m on m.id = v.id
      join person p on p.id = v.person_id
     where v.company_id = ${company} and v.role = 'administrator'
     order by m.created_at, m.id
     limit ${administratorsToldMax}`)
}

/** The company's name, which it has: throws where there is no such company. */
export async function companyName(db: Db, company: string): Promise<string> {
  const [row] = await db.rows<{ name: string }>(sql`select name from company where id = ${company}`)
  if (row === undefined) throw new Error('a member belongs to a company that is not there')
  return row.name
}

/** Whether anybody can sign in for a company. */
export async function hasMembers(db: Db, company: string): Promise<boolean> {
  const [row] = await db.rows<{ any: boolean }>(sql`select exists (select 1 from member where company_id = ${company}) as "any"`)
  return row?.any === true
}

/** A company's members, by name, or the one with this id. */
export async function membersOf(db: Db, company: string, id?: string): Promise<Member[]> {
  return db.rows<Member>(sql`
    select m.id, m.person_id as "personId", p.name, p.email, m.role, m.created_at as "joinedAt"
      from member m
      join person p on p.id = m.person_id
     where m.company_id = ${company} and (${id ?? null}::text is null or m.id = ${id ?? null})
     order by p.name, m.id`)
}

/** Whether the person of this address is a member of the company. */
export async function isMember(db: Db, company: string, email: string): Promise<boolean> {
  const rows = await db.rows(sql`
    select m.id from member m join person p on p.id = m.person_id where m.company_id = ${company} and p.email = ${email}`)
  return rows.length > 0
}

/**
 * The ids of a company's administrators, locked until the transaction ends: whoever removes or demotes one takes them first, so that two
 * at once do not leave none. One that another transaction took away while this one waited is not among them.
 */
export async function lockAdministrators(tx: Db, company: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select id from member where company_id = ${company} and role = 'administrator' order by id for update`)
  return rows.map(({ id }) => id)
}

export async function setMemberRole(tx: Db, company: string, id: string, role: Role): Promise<void> {
  await tx.rows(sql`update member set role = ${role} where id = ${id} and company_id = ${company}`)
}

/** Takes a member away, with the access tokens that it made; the company's keys stay. Its person stays, without a company. */
export async function deleteMember(tx: Db, company: string, id: string): Promise<void> {
  await tx.rows(sql`delete from member where id = ${id} and company_id = ${company}`)
}
