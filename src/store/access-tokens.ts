import sql from 'sql-template-tag'
import type { AccessToken } from '../domain/access-token.ts'
import type { Role } from '../domain/role.ts'
import type { Db } from './database.ts'
import type { Recipient } from './members.ts'
import { present } from './present.ts'

interface AccessTokenRow {
  id: string
  name: string
  role: Role
  createdAt: string
  createdBy: string | null
  expiresAt: string
}

/** A company's tokens that have not expired, the newest first, or the one with this id. */
export async function accessTokensOf(db: Db, company: string, id?: string): Promise<AccessToken[]> {
  const rows = await db.rows<AccessTokenRow>(sql`
    select t.id, t.name, t.role, t.created_at as "createdAt", p.name as "createdBy", t.expires_at as "expiresAt"
      from access_token t
      left join member m on m.id = t.member_id
      left join person p on p.id = m.person_id
     where t.company_id = ${company} and t.expires_at > statement_timestamp() and (${id ?? null}::text is null or t.id = ${id ?? null})
     order by t.created_at desc, t.id`)
  return rows.map(present)
}

export interface NewAccessToken {
  id: string
  name: string
  role: Role
  expiresAt: string
  secretHash: Uint8Array
  secretName: string
  /** Its maker; null: the installation itself. */
  memberId: string | null
}

export async function createAccessToken(tx: Db, company: string, given: NewAccessToken): Promise<void> {
  await tx.rows(sql`
    insert into access_token (id, company_id, member_id, name, role, secret_hash, secret_name, expires_at)
    values (${given.id}, ${company}, ${given.memberId}, ${given.name}, ${given.role}, ${given.secretHash}, ${given.secretName},
            ${given.expiresAt}::timestamptz)`)
}

/** A token of this company, by its name, and who made it; `maker` null: the installation itself. Null where there is no such token. */
export async function accessTokenMaker(
  db: Db,
  company: string,
  id: string,
): Promise<{ name: string; maker: Recipient | null } | null> {
  const [row] = await db.rows<{ name: string; personId: string | null; email: string | null }>(sql`
    select t.name, p.id as "personId", p.email
      from access_token t
      left join valid_member m on m.id = t.member_id
      left join person p on p.id = m.person_id
     where t.id = ${id} and t.company_id = ${company}`)
  if (row === undefined) return null
  const { name, personId, email } = row
  return { name, maker: personId === null || email === null ? null : { personId, email } }
}

/** Whether there was such a token of this company. */
export async function deleteAccessToken(tx: Db, company: string, id: string): Promise<boolean> {
  const rows = await tx.rows(sql`delete from access_token where id = ${id} and company_id = ${company} returning id`)
  return rows.length > 0
}
