import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/**
 * Adds a person, with a password or (null) without, in the tables and the form of the accounts library (its provider "credential"). Returns false
 * where the address has an account already. `emailVerified`: whether it is known that the person reads what is mailed there.
 */
export async function addPerson(
  tx: Db,
  person: {
    id: string
    name: string
    email: string
    signInMethodId: string
    passwordHash: string | null
    emailVerified?: boolean
  },
): Promise<boolean> {
  const added = await tx.rows(sql`
    insert into person (id, name, email, email_verified)
    values (${person.id}, ${person.name}, ${person.email}, ${person.emailVerified ?? false})
    on conflict (email) do nothing
    returning id`)
  if (added.length === 0) return false
  if (person.passwordHash === null) return true
  await tx.rows(sql`
    insert into sign_in_method (id, person_id, account_id, provider_id, password)
    values (${person.signInMethodId}, ${person.id}, ${person.id}, 'credential', ${person.passwordHash})`)
  return true
}

/** A person's address; null where there is no such person. */
export async function addressOf(db: Db, person: string): Promise<string | null> {
  const [row] = await db.rows<{ email: string }>(sql`select email from person where id = ${person}`)
  return row?.email ?? null
}

/** The name of the company that a person belongs to; null where it is none. */
export async function companyOfPerson(db: Db, person: string): Promise<string | null> {
  const [row] = await db.rows<{ name: string }>(sql`
    select o.name from member m join company o on o.id = m.company_id where m.person_id = ${person}`)
  return row?.name ?? null
}
