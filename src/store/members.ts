import sql, { type Sql } from 'sql-template-tag'
import type { CompanyKind } from '../domain/company.ts'
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
}

const memberColumns: Sql = sql`
  m.id as "memberId", m.person_id as "personId", p.name as "personName", p.email, m.role, m.company_id as "companyId",
  m.company_kind as "companyKind", o.name as "companyName", o.partner_id as "partnerId"`

/** For whom a person signs in now; null where the person is no member, or of a suspended company. */
export async function memberOfPerson(db: Db, person: string): Promise<MemberRow | null> {
  const [row] = await db.rows<MemberRow>(sql`
    select ${memberColumns}
      from valid_member m
      join person p on p.id = m.person_id
      join company o on o.id = m.company_id
     where m.person_id = ${person}`)
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

export async function addMember(tx: Db, company: string, person: string, role: Role): Promise<void> {
  await tx.rows(sql`insert into member (company_id, person_id, role) values (${company}, ${person}, ${role})`)
}

/** The addresses of a company's administrators, who are told what happens to it. */
export async function administratorsOf(db: Db, company: string): Promise<string[]> {
  const rows = await db.rows<{ email: string }>(sql`
    select p.email
      from member m
      join person p on p.id = m.person_id
     where m.company_id = ${company} and m.role = 'administrator'
     order by p.email`)
  return rows.map(({ email }) => email)
}

/** Whether anybody can sign in for a company. */
export async function hasMembers(db: Db, company: string): Promise<boolean> {
  const [row] = await db.rows<{ any: boolean }>(sql`select exists (select 1 from member where company_id = ${company}) as "any"`)
  return row?.any === true
}
