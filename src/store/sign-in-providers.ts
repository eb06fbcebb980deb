import sql, { type Sql } from 'sql-template-tag'
import type { Db } from './database.ts'

/** A company's sign-in provider, with its sealed secret. */
export interface ProviderRow {
  companyId: string
  name: string
  issuer: string
  clientId: string
  sealedSecret: Uint8Array
  secretName: string
  enabled: boolean
  required: boolean
  exemptMemberId: string | null
  twoFactors: boolean
}

const provider: Sql = sql`
  select company_id as "companyId", name, issuer, client_id as "clientId", sealed_secret as "sealedSecret", secret_name as "secretName",
         enabled, required, exempt_member_id as "exemptMemberId", two_factors as "twoFactors"
    from sign_in_provider`

export async function providerOfCompany(db: Db, company: string): Promise<ProviderRow | null> {
  const [row] = await db.rows<ProviderRow>(sql`${provider} where company_id = ${company}`)
  return row ?? null
}

/** The provider that people may sign in at now, of a company that is not suspended, by what they type; null: none. */
export async function openProvider(db: Db, where: { name: string } | { companyId: string }): Promise<ProviderRow | null> {
  const chosen = 'name' in where ? sql`name = ${where.name}` : sql`company_id = ${where.companyId}`
  const [row] = await db.rows<ProviderRow>(sql`
    ${provider}
     where ${chosen} and enabled
       and exists (select 1 from company o where o.id = company_id and o.suspended_at is null)`)
  return row ?? null
}

/** Whether people may sign in at a provider of the company that does not count as two factors. */
export async function hasOneFactorProvider(db: Db, company: string): Promise<boolean> {
  const rows = await db.rows(sql`
    select company_id from company_sign_in where company_id = ${company} and enabled and not two_factors`)
  return rows.length > 0
}

/** Sets a company's provider. False where another company has its name. */
export async function putProvider(tx: Db, given: ProviderRow): Promise<boolean> {
  const [taken] = await tx.rows(sql`
    select 1 from sign_in_provider where name = ${given.name} and company_id <> ${given.companyId}`)
  if (taken !== undefined) return false
  await tx.rows(sql`
    insert into sign_in_provider (company_id, name, issuer, client_id, sealed_secret, secret_name, enabled, required, exempt_member_id, two_factors)
    values (${given.companyId}, ${given.name}, ${given.issuer}, ${given.clientId}, ${given.sealedSecret}, ${given.secretName},
            ${given.enabled}, ${given.required}, ${given.exemptMemberId}, ${given.twoFactors})
    on conflict (company_id) do update
       set name = excluded.name, issuer = excluded.issuer, client_id = excluded.client_id, sealed_secret = excluded.sealed_secret,
           secret_name = excluded.secret_name, enabled = excluded.enabled, required = excluded.required,
           exempt_member_id = excluded.exempt_member_id, two_factors = excluded.two_factors`)
  return true
}

/** Takes a company's provider away. False where it had none. */
export async function deleteProvider(tx: Db, company: string): Promise<boolean> {
  return (await tx.rows(sql`delete from sign_in_provider where company_id = ${company} returning id`)).length > 0
}

/** Ends the sessions of a company's members that began at its provider. */
export async function endProviderSessions(tx: Db, company: string): Promise<void> {
  await tx.rows(sql`
    delete from session
     where method = 'provider' and person_id in (select m.person_id from member m where m.company_id = ${company})`)
}

/** The person of this address, where it is a member of the company; null: it is not. */
export async function memberPersonOf(db: Db, company: string, email: string): Promise<string | null> {
  const [row] = await db.rows<{ personId: string }>(sql`
    select m.person_id as "personId"
      from valid_member m join person p on p.id = m.person_id
     where m.company_id = ${company} and p.email = ${email}`)
  return row?.personId ?? null
}

/** Whether the person is a member of the company, whose provider is enabled: both stay so until the transaction ends. */
export async function holdProvidedMember(tx: Db, company: string, person: string): Promise<boolean> {
  const held = await tx.rows(sql`
    select 1 as one
      from member m
      join sign_in_provider s on s.company_id = m.company_id and s.enabled
     where m.company_id = ${company} and m.person_id = ${person}
       for share`)
  return held.length > 0
}

/** Keeps where a session's browser signs out at the provider, for as long as the session lasts. */
export async function keepProviderSignOut(
  tx: Db,
  session: string,
  { sealed, secretName }: { sealed: Uint8Array; secretName: string },
): Promise<void> {
  await tx.rows(sql`
    insert into provider_sign_out (session_id, sealed_url, secret_name) values (${session}, ${sealed}, ${secretName})`)
}

/** Where a session's browser signs out at the provider, sealed; null: nowhere. It goes with the session. */
export async function providerSignOutOf(db: Db, session: string): Promise<{ sealed: Uint8Array; secretName: string } | null> {
  const [row] = await db.rows<{ sealed: Uint8Array; secretName: string }>(sql`
    select sealed_url as "sealed", secret_name as "secretName" from provider_sign_out where session_id = ${session}`)
  return row ?? null
}

/** Turns a company's provider off, with its settings kept, and ends the sessions that began there. Its issuer; null where it has none that is on. */
export async function turnOffProvider(tx: Db, company: string): Promise<string | null> {
  const [row] = await tx.rows<{ issuer: string }>(sql`
    update sign_in_provider set enabled = false where company_id = ${company} and enabled returning issuer`)
  if (row === undefined) return null
  await endProviderSessions(tx, company)
  return row.issuer
}
