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
}

/** Every customer connected to a partner, by label, and why it is not valid. */
export async function customersOf(db: Db, partner: string): Promise<ConnectedCustomer[]> {
  const rows = await db.rows<CustomerRow>(sql`
    select organization_id as "organizationId", label, connected_at as "connectedAt", consent_given_at as "consentGivenAt",
           inventory, alarms, sensors, subscription_ends_at as "subscriptionEndsAt", reasons
      from connected_customer
     where partner_company_id = ${partner}
     order by label, organization_id`)
  return rows.map(({ inventory, alarms, sensors, ...row }) => ({
    ...present(row),
    state: row.reasons[0] ?? 'valid',
    ...(inventory === null ? {} : { kinds: { inventory, alarms: alarms === true, sensors: sensors === true } }),
  }))
}
