import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/**
 * Adds a person with a password, in the tables and the form of the accounts library (its provider "credential"). Returns false
 * where the address has an account already.
 */
export async function addPerson(
  tx: Db,
  person: { id: string; name: string; email: string; signInMethodId: string; passwordHash: string },
): Promise<boolean> {
  const added = await tx.rows(sql`
    insert into person (id, name, email)
    values (${person.id}, ${person.name}, ${person.email})
    on conflict (email) do nothing
    returning id`)
  if (added.length === 0) return false
  await tx.rows(sql`
    insert into sign_in_method (id, person_id, account_id, provider_id, password)
    values (${person.signInMethodId}, ${person.id}, ${person.id}, 'credential', ${person.passwordHash})`)
  return true
}
