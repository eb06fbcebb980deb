import sql from 'sql-template-tag'
import type { Db } from '../database.ts'

/** A gateway whose token may be used now, if its secret is right. */
export interface GatewayRow {
  id: string
  name: string
  organizationId: string
  organizationLabel: string
  secretHash: Uint8Array
  secretName: string
}

/**
 * The gateway with this id, unless it was removed or its company is suspended. Whether the company has a subscription does not
 * matter: what its gateways send is stored, and nobody outside reads it (design, section 5).
 */
export async function gatewayById(db: Db, id: string): Promise<GatewayRow | null> {
  const [row] = await db.rows<GatewayRow>(sql`
    select g.id, g.name, c.id as "organizationId", c.name as "organizationLabel", g.secret_hash as "secretHash", g.secret_name as "secretName"
      from gateway g
      join company c on c.id = g.company_id and c.suspended_at is null and c.kind in ('customer', 'demo')
     where g.id = ${id} and g.removed_at is null`)
  return row ?? null
}

/** Notes that a gateway was heard of: at most every 10 s, since it may send often. */
export async function noteContact(db: Db, gatewayId: string, version: string | null, address: string): Promise<void> {
  await db.rows(sql`
    insert into gateway_contact (gateway_id, contact_at, version, address)
    values (${gatewayId}, statement_timestamp(), ${version}, ${address})
    on conflict (gateway_id) do update
       set contact_at = excluded.contact_at, version = excluded.version, address = excluded.address
     where gateway_contact.contact_at < statement_timestamp() - interval '10 seconds'`)
}
