import sql, { type Sql } from 'sql-template-tag'
import type { Company } from '../domain/company.ts'
import { partnerIdCandidate, partnerIdOf } from '../domain/company.ts'
import type { Subscription } from '../domain/subscription.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'
import { subscriptionState } from './subscriptions.ts'

const partnerIdTriesMax = 1000

interface CompanyRow {
  id: string
  kind: Company['kind']
  name: string
  partnerId: string | null
  address: string | null
  contactEmail: string | null
  contactPhone: string | null
  suspendedAt: string | null
  closedAt: string | null
  requiresTwoFactor: boolean
  allowsVisits: boolean
  createdAt: string
  providerName: string | null
  providerEnabled: boolean | null
  providerRequired: boolean | null
  subscriptionId: string | null
  subscriptionKind: Subscription['kind'] | null
  startsAt: string | null
  endsAt: string | null
  canceledAt: string | null
  terminatedAt: string | null
  state: Subscription['state'] | null
}

/** What the vendor may set of a company. Undefined leaves it as it is, null takes it away. */
export interface CompanyDetails {
  name?: string | undefined
  address?: string | null | undefined
  contactEmail?: string | null | undefined
  contactPhone?: string | null | undefined
  requiresTwoFactor?: boolean | undefined
}

/** All companies, by name. For the vendor. */
export async function companies(db: Db): Promise<Company[]> {
  const rows = await db.rows<CompanyRow>(companiesWhere(sql`true`))
  return rows.map(companyOf)
}

export async function companyById(db: Db, id: string): Promise<Company | null> {
  const [row] = await db.rows<CompanyRow>(companiesWhere(sql`o.id = ${id}`))
  return row ? companyOf(row) : null
}

function companiesWhere(condition: Sql): Sql {
  return sql`
    select o.id, o.kind, o.name, o.partner_id as "partnerId", o.address, o.contact_email as "contactEmail",
           o.contact_phone as "contactPhone", o.suspended_at as "suspendedAt", o.closed_at as "closedAt",
           o.requires_two_factor as "requiresTwoFactor", o.allows_visits as "allowsVisits", o.created_at as "createdAt",
           i.name as "providerName", i.enabled as "providerEnabled", i.required as "providerRequired",
           s.id as "subscriptionId", s.kind as "subscriptionKind", s.starts_at as "startsAt", s.ends_at as "endsAt",
           s.canceled_at as "canceledAt", s.terminated_at as "terminatedAt", s.state
      from company o
      left join company_sign_in i on i.company_id = o.id
      left join lateral (
             select x.id, x.kind, x.starts_at, x.ends_at, x.canceled_at, x.terminated_at, ${subscriptionState} as state
               from subscription x
              where x.company_id = o.id
              order by (x.starts_at <= statement_timestamp() and x.ends_at > statement_timestamp()) desc, x.starts_at desc
              limit 1) s on true
     where ${condition}
     order by o.name, o.id`
}

function companyOf(row: CompanyRow): Company {
  const { subscriptionId, subscriptionKind, startsAt, endsAt, canceledAt, terminatedAt, state, ...rest } = row
  const { providerName, providerEnabled, providerRequired, ...facts } = rest
  const enabled = providerEnabled === true
  const singleSignOn =
    providerName === null ? null : { name: providerName, enabled, required: enabled && providerRequired === true }
  const own = present({ ...facts, singleSignOn })
  if (subscriptionId === null || subscriptionKind === null || startsAt === null || endsAt === null || state === null) return own
  const subscription = present({ id: subscriptionId, kind: subscriptionKind, startsAt, endsAt, canceledAt, terminatedAt, state })
  return { ...own, subscription }
}

/**
 * Makes a company and answers its id. A partner's Partner ID is made of its name, unique by _2, _3, …; one that is given is
 * taken as it is, and the answer is null where another company has it.
 */
export async function createCompany(
  tx: Db,
  given: {
    kind: 'vendor' | 'partner' | 'customer' | 'demo'
    partnerId?: string | undefined
    requiresTwoFactor?: boolean
  } & CompanyDetails & { name: string },
): Promise<string | null> {
  const base = given.partnerId ?? partnerIdOf(given.name)
  const triesMax = given.kind === 'partner' && given.partnerId === undefined ? partnerIdTriesMax : 1
  for (let nth = 1; nth <= triesMax; nth += 1) {
    const partnerId = given.kind === 'partner' ? partnerIdCandidate(base, nth) : null
    const [made] = await tx.rows<{ id: string }>(sql`
      insert into company (kind, name, partner_id, address, contact_email, contact_phone, requires_two_factor)
      values (${given.kind}, ${given.name}, ${partnerId}, ${given.address ?? null}, ${given.contactEmail ?? null}, ${given.contactPhone ?? null},
              ${given.requiresTwoFactor ?? false})
      on conflict (partner_id) do nothing
      returning id`)
    if (made) return made.id
  }
  return null
}

/** Whether there was such a company. */
export async function updateCompany(tx: Db, id: string, given: CompanyDetails): Promise<boolean> {
  const rows = await tx.rows(sql`
    update company
       set name = coalesce(${given.name ?? null}, name),
           address = ${kept(given.address, sql`address`)},
           contact_email = ${kept(given.contactEmail, sql`contact_email`)},
           contact_phone = ${kept(given.contactPhone, sql`contact_phone`)},
           requires_two_factor = coalesce(${given.requiresTwoFactor ?? null}::boolean, requires_two_factor)
     where id = ${id}
    returning id`)
  return rows.length > 0
}

function kept(value: string | null | undefined, column: Sql): Sql {
  return value === undefined ? column : sql`${value}::text`
}

/** Suspends a company or resumes it; done already, it stays. The vendor itself is never suspended, and a closed one not resumed. Whether there is such a company. */
export async function setSuspended(tx: Db, id: string, suspended: boolean): Promise<boolean> {
  const rows = await tx.rows(sql`
    update company
       set suspended_at = case when ${suspended}::boolean or closed_at is not null then coalesce(suspended_at, statement_timestamp()) end
     where id = ${id} and kind <> 'vendor'
    returning id`)
  return rows.length > 0
}

/** The kind of a company, locked until the transaction ends, so that what depends on the company has one writer at a time. */
export async function lockCompany(tx: Db, id: string): Promise<Company['kind'] | null> {
  const [row] = await tx.rows<{ kind: Company['kind'] }>(sql`select kind from company where id = ${id} for update`)
  return row?.kind ?? null
}

/** The one vendor's id, or null in an empty database. */
export async function vendorId(db: Db): Promise<string | null> {
  const [row] = await db.rows<{ id: string }>(sql`select id from company where kind = 'vendor'`)
  return row?.id ?? null
}

/** Makes the vendor where there is none; several processes may ask at once. Returns its id. */
export async function foundVendor(tx: Db, name: string): Promise<string> {
  await tx.rows(
    sql`insert into company (kind, name) values ('vendor', ${name}) on conflict (kind) where kind = 'vendor' do nothing`,
  )
  return (await vendorId(tx)) as string
}
