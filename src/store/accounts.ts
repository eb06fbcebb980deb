import sql, { type Sql } from 'sql-template-tag'
import type { Db } from './database.ts'
import { providerRequired } from './members.ts'

/** A person's account, with the company that it is a member of (also of a suspended one). */
export interface AccountRow {
  personId: string
  name: string
  email: string
  emailVerified: boolean
  twoFactor: boolean
  memberId: string | null
  companyId: string | null
}

const account: Sql = sql`
  select p.id as "personId", p.name, p.email, p.email_verified as "emailVerified", p.two_factor_enabled as "twoFactor",
         m.id as "memberId", m.company_id as "companyId"
    from person p
    left join member m on m.person_id = p.id`

/** Null where the address (in lower case) has no account. */
export async function accountOfEmail(db: Db, email: string): Promise<AccountRow | null> {
  const [row] = await db.rows<AccountRow>(sql`${account} where p.email = ${email}`)
  return row ?? null
}

export async function accountOfPerson(db: Db, person: string): Promise<AccountRow | null> {
  const [row] = await db.rows<AccountRow>(sql`${account} where p.id = ${person}`)
  return row ?? null
}

/** The account of a member: of this company, or of any where `company` is null. Null where there is none. */
export async function accountOfMember(db: Db, member: string, company: string | null): Promise<AccountRow | null> {
  const [row] = await db.rows<AccountRow>(sql`
    ${account} where m.id = ${member} and (${company}::text is null or m.company_id = ${company}::text)`)
  return row ?? null
}

/**
 * Deletes the account of an address that nobody has proved yet and that is no member's: whoever registers anew begins anew, so
 * that neither an earlier password nor an earlier link holds.
 */
export async function deleteUnproved(tx: Db, email: string): Promise<void> {
  await tx.rows(sql`
    delete from person p
     where p.email = ${email} and not p.email_verified and not exists (select 1 from member m where m.person_id = p.id)`)
}

/** A link that was mailed to the address was used: so it is its owner's. */
export async function noteEmailProved(tx: Db, person: string): Promise<void> {
  await tx.rows(sql`update person set email_verified = true, updated_at = now() where id = ${person} and not email_verified`)
}

export async function renamePerson(tx: Db, person: string, name: string): Promise<void> {
  await tx.rows(sql`update person set name = ${name}, updated_at = now() where id = ${person}`)
}

/** Takes a person's second factor away. Its passkeys stay. False where it had none. */
export async function removeTwoFactor(tx: Db, person: string): Promise<boolean> {
  const removed = await tx.rows(sql`delete from two_factor where person_id = ${person} returning id`)
  await tx.rows(sql`update person set two_factor_enabled = false, updated_at = now() where id = ${person} and two_factor_enabled`)
  return removed.length > 0
}

/**
 * Notes from where a person signed in. Answers `first` where it never did before, `new` for another place, `known` for one that it
 * has signed in from within `days`.
 */
export async function noteSignInPlace(
  tx: Db,
  person: string,
  place: { network: string; agent: string },
  days: number,
): Promise<'first' | 'new' | 'known'> {
  const [before] = await tx.rows<{ any: boolean; known: boolean }>(sql`
    select count(*) > 0 as "any",
           coalesce(bool_or(network = ${place.network} and agent = ${place.agent}
                            and last_at > statement_timestamp() - make_interval(days => ${days})), false) as "known"
      from sign_in_place
     where person_id = ${person}`)
  await tx.rows(sql`
    insert into sign_in_place (person_id, network, agent)
    values (${person}, ${place.network}, ${place.agent})
    on conflict (person_id, network, agent) do update set last_at = statement_timestamp()`)
  return before?.known ? 'known' : before?.any ? 'new' : 'first'
}

/** Whether the person `p` has neither an authenticator app nor a passkey. */
const hasNoTwoFactor: Sql = sql`
  (not p.two_factor_enabled and not exists (select 1 from passkey k where k.person_id = p.id))`

/** Of a company's members, how many there are, and how many have neither an authenticator app nor a passkey. */
export async function membersWithoutTwoFactor(db: Db, company: string): Promise<{ members: number; without: number }> {
  const [row] = await db.rows<{ members: number; without: number }>(sql`
    select count(*) as "members",
           count(*) filter (where ${hasNoTwoFactor}) as "without"
      from member m
      join person p on p.id = m.person_id
     where m.company_id = ${company}`)
  return row as { members: number; without: number }
}

/** How many members are told by mail that they need a second factor, those of longest standing: the portal tells each at the next sign-in. */
const membersToldMax = 1000

/**
 * The addresses of a company's members who have neither an authenticator app nor a passkey, at most so many: without those who can sign in at a provider
 * alone that counts as two factors, and without anybody where the company is suspended.
 */
export async function withoutTwoFactor(db: Db, company: string): Promise<{ email: string }[]> {
  return db.rows(sql`
    select p.email
      from valid_member v
      join member m on m.id = v.id
      join person p on p.id = v.person_id
      left join company_sign_in s on s.company_id = v.company_id and s.enabled and s.two_factors
     where v.company_id = ${company} and ${hasNoTwoFactor} and not ${providerRequired}
     order by m.created_at, m.id
     limit ${membersToldMax}`)
}

export async function requiresTwoFactor(db: Db, company: string): Promise<boolean> {
  const [row] = await db.rows<{ requires: boolean }>(sql`
    select requires_two_factor as "requires" from company where id = ${company}`)
  return row?.requires === true
}
