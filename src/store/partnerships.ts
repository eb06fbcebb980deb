import sql, { type Sql } from 'sql-template-tag'
import type { Consent, Partner, Partnership } from '../domain/partnership.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

interface ConsentColumns {
  consentId: string | null
  givenAt: string | null
  givenBy: string | null
  inventory: boolean | null
  alarms: boolean | null
  sensors: boolean | null
}

const consentColumns: Sql = sql`
  c.id as "consentId", c.given_at as "givenAt", g.name as "givenBy", c.inventory, c.alarms, c.sensors`

const consentJoins: Sql = sql`
  left join consent c on c.partnership_id = p.id and c.withdrawn_at is null
  left join person g on g.id = c.given_by`

function consentOf(row: ConsentColumns): { consent?: Consent } {
  if (row.consentId === null || row.givenAt === null) return {}
  const kinds = { inventory: row.inventory === true, alarms: row.alarms === true, sensors: row.sensors === true }
  return { consent: { ...present({ id: row.consentId, givenAt: row.givenAt, givenBy: row.givenBy }), kinds } }
}

interface PartnershipRow extends ConsentColumns {
  id: string
  customerId: string
  customerName: string
  partnerCompanyId: string
  partnerName: string
  partnerId: string
  connectedAt: string
}

/** All partnerships that are not ended, or the one with this id. For the vendor. */
export async function partnerships(db: Db, id?: string): Promise<Partnership[]> {
  const rows = await db.rows<PartnershipRow>(sql`
    select p.id, o.id as "customerId", o.name as "customerName", q.id as "partnerCompanyId", q.name as "partnerName",
           q.partner_id as "partnerId", p.connected_at as "connectedAt", ${consentColumns}
      from partnership p
      join company o on o.id = p.customer_id
      join company q on q.id = p.partner_id
      ${consentJoins}
     where p.ended_at is null and (${id ?? null}::text is null or p.id = ${id ?? null})
     order by o.name, q.name, p.id`)
  return rows.map((row) => ({
    id: row.id,
    customer: { id: row.customerId, name: row.customerName },
    partner: { id: row.partnerCompanyId, name: row.partnerName, partnerId: row.partnerId },
    connectedAt: row.connectedAt,
    ...consentOf(row),
  }))
}

/** The partners of a customer, in the order of their connection. */
export async function partnersOf(db: Db, customer: string): Promise<Partner[]> {
  const rows = await db.rows<ConsentColumns & PartnerColumns>(sql`
    select p.id as "partnershipId", q.name, q.partner_id as "partnerId", q.contact_email as "contactEmail",
           q.contact_phone as "contactPhone", q.address, p.connected_at as "connectedAt", ${consentColumns}
      from partnership p
      join company q on q.id = p.partner_id
      ${consentJoins}
     where p.customer_id = ${customer} and p.ended_at is null
     order by p.connected_at, p.id`)
  return rows.map(({ partnershipId, name, partnerId, contactEmail, contactPhone, address, connectedAt, ...consent }) => ({
    ...present({ partnershipId, name, partnerId, contactEmail, contactPhone, address, connectedAt }),
    ...consentOf(consent),
  }))
}

interface PartnerColumns {
  partnershipId: string
  name: string
  partnerId: string
  contactEmail: string | null
  contactPhone: string | null
  address: string | null
  connectedAt: string
}

/** Connects a customer to the partner with this Partner ID. Null where either is not there; 'already' where they are connected. */
export async function connectPartner(tx: Db, customer: string, partnerId: string): Promise<string | null | 'already'> {
  const [pair] = await tx.rows<{ partner: string; open: boolean }>(sql`
    select q.id as "partner",
           exists (select 1 from partnership p where p.customer_id = o.id and p.partner_id = q.id and p.ended_at is null) as "open"
      from company o
      join company q on q.kind = 'partner' and q.partner_id = ${partnerId}
     where o.kind = 'customer' and o.id = ${customer}`)
  if (!pair) return null
  if (pair.open) return 'already'
  const [made] = await tx.rows<{ id: string }>(sql`
    insert into partnership (customer_id, partner_id)
    values (${customer}, ${pair.partner})
    on conflict (customer_id, partner_id) where ended_at is null do nothing
    returning id`)
  return made?.id ?? 'already'
}

/**
 * Ends a partnership and its consent, for good. `customer` is whose it must be; null: anybody's (the vendor asks). Whether
 * there was one.
 */
export async function endPartnership(tx: Db, partnership: string, customer: string | null): Promise<boolean> {
  const ended = await tx.rows(sql`
    update partnership
       set ended_at = statement_timestamp()
     where id = ${partnership} and ended_at is null and (${customer}::text is null or customer_id = ${customer})
    returning id`)
  if (ended.length === 0) return false
  await tx.rows(
    sql`update consent set withdrawn_at = statement_timestamp() where partnership_id = ${partnership} and withdrawn_at is null`,
  )
  return true
}
