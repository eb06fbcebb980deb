import sql, { type Sql } from 'sql-template-tag'
import type { ConnectedCustomer } from '../domain/partnership.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

interface CustomerRow {
  organizationId: string
  label: string
  connectedAt: string
  consentGivenAt: string | null
  consentEndsAt: string | null
  inventory: boolean | null
  alarms: boolean | null
  sensors: boolean | null
  subscriptionEndsAt: string | null
  subscriptionEndedAt: string | null
  reasons: ConnectedCustomer['reasons']
  administered: boolean
  since: string
  consentAskedAt: string | null
  lastReadAt: string | null
}

/** Since when a pair stands as it does: of `connected_customer` c, with the customer's company o. */
export const standingSince: Sql = sql`
  greatest(c.connected_at, case coalesce(c.reasons[1], 'valid')
               when 'valid' then greatest(c.consent_given_at, (
                    select s.starts_at from active_subscription s where s.company_id = c.organization_id))
               when 'suspended' then o.suspended_at
               when 'no active subscription' then (
                    select max(s.ends_at) from subscription s where s.company_id = c.organization_id and s.ends_at <= statement_timestamp())
               else (select max(coalesce(x.ended_at, x.ends_at)) from consent x where x.partnership_id = c.partnership_id) end)`

/** Every customer connected to a partner, by label, or the one with this id, and why it is not valid. */
export async function customersOf(db: Db, partner: string, organization?: string): Promise<ConnectedCustomer[]> {
  const rows = await db.rows<CustomerRow>(sql`
    select c.organization_id as "organizationId", c.label, c.connected_at as "connectedAt", c.consent_given_at as "consentGivenAt",
           c.consent_ends_at as "consentEndsAt",
           c.inventory, c.alarms, c.sensors, c.subscription_ends_at as "subscriptionEndsAt", c.reasons,
           case when c.subscription_ends_at is null then (
                select max(s.ends_at) from subscription s where s.company_id = c.organization_id and s.ends_at <= statement_timestamp())
           end as "subscriptionEndedAt",
           exists (select from administered_customer a where a.partnership_id = c.partnership_id) as "administered",
           ${standingSince} as "since",
           (select max(r.asked_at) from consent_request r where r.partnership_id = c.partnership_id) as "consentAskedAt",
           (select l.read_at from last_read l where l.company_id = c.partner_company_id and l.organization_id = c.organization_id) as "lastReadAt"
      from connected_customer c
      join company o on o.id = c.organization_id
     where c.partner_company_id = ${partner} and (${organization ?? null}::text is null or c.organization_id = ${organization ?? null})
     order by c.label, c.organization_id`)
  return rows.map(({ inventory, alarms, sensors, ...row }) => ({
    ...present(row),
    state: row.reasons[0] ?? 'valid',
    ...(inventory === null ? {} : { kinds: { inventory, alarms: alarms === true, sensors: sensors === true } }),
  }))
}
