import sql, { type Sql } from 'sql-template-tag'
import type { Consent, FoundPartner, Partner, Partnership } from '../domain/partnership.ts'
import { endGrant } from './administrator-grants.ts'
import { type ConsentEvent, endConsent } from './consents.ts'
import { standingSince } from './customers.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

interface ContactColumns {
  name: string
  partnerId: string
  contactEmail: string | null
  contactPhone: string | null
  address: string | null
}

/** How to reach the partner `q`. */
const contactColumns: Sql = sql`
  q.name, q.partner_id as "partnerId", q.contact_email as "contactEmail", q.contact_phone as "contactPhone", q.address`

interface ConsentColumns {
  consentId: string | null
  givenAt: string | null
  givenBy: string | null
  consentEndsAt: string | null
  textVersion: string | null
  inventory: boolean | null
  alarms: boolean | null
  sensors: boolean | null
}

const consentColumns: Sql = sql`
  c.id as "consentId", c.given_at as "givenAt", g.name as "givenBy", c.ends_at as "consentEndsAt", c.text_version as "textVersion",
  c.inventory, c.alarms, c.sensors`

const consentJoins: Sql = sql`
  left join standing_consent c on c.partnership_id = p.id
  left join person g on g.id = c.given_by`

/** A row's consent, apart from the rest of it. */
function consentOf<Row extends ConsentColumns>(
  row: Row,
): { consent: { consent?: Consent }; rest: Omit<Row, keyof ConsentColumns> } {
  const { consentId: id, givenAt, givenBy, consentEndsAt: endsAt, textVersion, inventory, alarms, sensors, ...rest } = row
  if (id === null || givenAt === null) return { consent: {}, rest }
  const kinds = { inventory: inventory === true, alarms: alarms === true, sensors: sensors === true }
  return { consent: { consent: { ...present({ id, givenAt, givenBy, endsAt, textVersion }), kinds } }, rest }
}

interface PartnershipRow extends ConsentColumns {
  id: string
  customerId: string
  customerName: string
  partnerCompanyId: string
  partnerName: string
  partnerId: string
  connectedAt: string
  reasons: Partnership['reasons']
  since: string
  lastReadAt: string | null
}

/** All partnerships that are not ended, or the one with this id. For the vendor. */
export async function partnerships(db: Db, id?: string): Promise<Partnership[]> {
  const rows = await db.rows<PartnershipRow>(sql`
    select p.id, o.id as "customerId", o.name as "customerName", q.id as "partnerCompanyId", q.name as "partnerName",
           q.partner_id as "partnerId", p.connected_at as "connectedAt", p.reasons, p.since, l.read_at as "lastReadAt", ${consentColumns}
      from (select c.partnership_id as id, c.organization_id as customer_id, c.partner_company_id as partner_id, c.connected_at, c.reasons,
                   ${standingSince} as since
              from connected_customer c
              join company o on o.id = c.organization_id) p
      join company o on o.id = p.customer_id
      join company q on q.id = p.partner_id
      left join last_read l on l.company_id = p.partner_id and l.organization_id = p.customer_id
      ${consentJoins}
     where (${id ?? null}::text is null or p.id = ${id ?? null})
     order by o.name, q.name, p.id`)
  return rows.map((row) => ({
    id: row.id,
    customer: { id: row.customerId, name: row.customerName },
    partner: { id: row.partnerCompanyId, name: row.partnerName, partnerId: row.partnerId },
    connectedAt: row.connectedAt,
    state: row.reasons[0] ?? 'valid',
    reasons: row.reasons,
    since: row.since,
    ...(row.lastReadAt === null ? {} : { lastReadAt: row.lastReadAt }),
    ...consentOf(row).consent,
  }))
}

interface PartnerRow extends ConsentColumns, ContactColumns {
  partnershipId: string
  connectedAt: string
  grantedAt: string | null
  grantedBy: string | null
  lastReadAt: string | null
  consentAskedAt: string | null
}

/** The partners of a customer, in the order of their connection, or the one of this partnership. */
export async function partnersOf(db: Db, customer: string, partnership?: string): Promise<Partner[]> {
  const rows = await db.rows<PartnerRow>(sql`
    select p.id as "partnershipId", ${contactColumns}, p.connected_at as "connectedAt", ${consentColumns},
           a.granted_at as "grantedAt", b.name as "grantedBy", l.read_at as "lastReadAt",
           case when c.id is null then (
             select max(r.asked_at) from consent_request r
              where r.partnership_id = p.id
                and not exists (select from consent x where x.partnership_id = p.id and x.given_at > r.asked_at)) end as "consentAskedAt"
      from partnership p
      join company q on q.id = p.partner_id
      ${consentJoins}
      left join administrator_grant a on a.partnership_id = p.id and a.ended_at is null
      left join person b on b.id = a.granted_by
      left join last_read l on l.company_id = p.partner_id and l.organization_id = p.customer_id
     where p.customer_id = ${customer} and p.ended_at is null
       and (${partnership ?? null}::text is null or p.id = ${partnership ?? null})
     order by p.connected_at, p.id`)
  return rows.map(({ grantedAt, grantedBy, ...row }) => {
    const { consent, rest } = consentOf(row)
    const granted = grantedAt === null ? {} : { administratorAccess: present({ grantedAt, grantedBy }) }
    return { ...present(rest), ...consent, ...granted }
  })
}

/** Who has this Partner ID. Null: nobody, or a partner that is suspended, alike. */
export async function partnerWithId(db: Db, partnerId: string): Promise<(FoundPartner & { companyId: string }) | null> {
  const [row] = await db.rows<ContactColumns & { companyId: string }>(sql`
    select q.id as "companyId", ${contactColumns}
      from company q
     where q.kind = 'partner' and q.partner_id = ${partnerId} and q.suspended_at is null`)
  return row ? present(row) : null
}

/** The partner's company in a partnership that is there. */
export async function partnerOf(db: Db, partnership: string): Promise<string> {
  const [row] = await db.rows<{ id: string }>(sql`select partner_id as "id" from partnership where id = ${partnership}`)
  if (!row) throw new Error('a partnership that was found is not there')
  return row.id
}

/** Connects a customer and a partner, both there. 'already' where they are connected. */
export async function addPartnership(tx: Db, customer: string, partnerCompany: string): Promise<string | 'already'> {
  const [made] = await tx.rows<{ id: string }>(sql`
    insert into partnership (customer_id, partner_id)
    values (${customer}, ${partnerCompany})
    on conflict (customer_id, partner_id) where ended_at is null do nothing
    returning id`)
  return made?.id ?? 'already'
}

/** Connects a customer to the partner with this Partner ID. Null where either is not there; 'already' where they are connected. */
export async function connectPartner(tx: Db, customer: string, partnerId: string): Promise<string | null | 'already'> {
  const [pair] = await tx.rows<{ partner: string }>(sql`
    select q.id as "partner"
      from company o
      join company q on q.kind = 'partner' and q.partner_id = ${partnerId}
     where o.kind = 'customer' and o.id = ${customer}`)
  return pair ? addPartnership(tx, customer, pair.partner) : null
}

/**
 * Ends a partnership for good, and with it the consent and administrator access that were given in it. `customer` is whose it must be; null:
 * anybody's (the vendor asks). Answers the companies that it connected, and what came of the consent; null where there was none.
 */
export async function endPartnership(
  tx: Db,
  partnership: string,
  customer: string | null,
): Promise<{ customerId: string; partnerCompanyId: string; events: ConsentEvent[] } | null> {
  const [ended] = await tx.rows<{ customerId: string; partnerCompanyId: string }>(sql`
    update partnership
       set ended_at = statement_timestamp()
     where id = ${partnership} and ended_at is null and (${customer}::text is null or customer_id = ${customer})
    returning customer_id as "customerId", partner_id as "partnerCompanyId"`)
  if (!ended) return null
  const events = await endConsent(tx, partnership)
  await endGrant(tx, partnership)
  return { ...ended, events }
}
