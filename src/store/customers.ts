import sql from 'sql-template-tag'
import type { ConnectedCustomer } from '../domain/partnership.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

interface CustomerRow {
  organizationId: string
  label: string
  connectedAt: string
  consentGivenAt: string | null
  inventory: boolean | null
  alarms: boolean | null
  sensors: boolean | null
  subscriptionEndsAt: string | null
  reasons: ConnectedCustomer['reasons']
  administered: boolean
}

/** Every customer connected to a partner, by label, and why it is not valid. */
export async function customersOf(db: Db, partner: string): Promise<ConnectedCustomer[]> {
  const rows = await db.rows<CustomerRow>(sql`
    select c.organization_id as "organizationId", c.label, c.connected_at as "connectedAt", c.consent_given_at as "consentGivenAt",
           c.inventory, c.alarms, c.sensors, c.subscription_ends_at as "subscriptionEndsAt", c.reasons,
           exists (select from administered_customer a where a.partnership_id = c.partnership_id) as "administered"
      from connected_customer c
     where c.partner_company_id = ${partner}
     order by c.label, c.organization_id`)
  return rows.map(({ inventory, alarms, sensors, ...row }) => ({
    ...present(row),
    state: row.reasons[0] ?? 'valid',
    ...(inventory === null ? {} : { kinds: { inventory, alarms: alarms === true, sensors: sensors === true } }),
  }))
}
