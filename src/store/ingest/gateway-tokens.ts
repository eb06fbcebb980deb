import sql from 'sql-template-tag'
import type { Db } from '../database.ts'
import type { Sender } from './sender.ts'

/** A gateway whose token may be used now, if its secret is right. */
export interface GatewayRow extends Sender {
  name: string
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
    select g.id, g.name, c.id as "organizationId", c.name as "organizationLabel", g.secret_hash as "secretHash", g.secret_name as "secretName",
           c.trial_used_at is null and not exists (select 1 from subscription s where s.company_id = c.id) as "trialDue"
      from gateway g
      join company c on c.id = g.company_id and c.suspended_at is null and c.kind in ('customer', 'demo')
     where g.id = ${id} and g.removed_at is null`)
  return row ?? null
}

/** How often it is noted that a gateway was heard of: it may send often. */
export const contactEveryMs = 10_000

/** Notes that a gateway was heard of, unless that was done just now (by another process), and what waits at it is as it was: something, or nothing. */
export async function noteContact(
  db: Db,
  gatewayId: string,
  version: string | null,
  address: string,
  waitingBytes: number | null,
): Promise<void> {
  await db.rows(sql`
    insert into gateway_contact (gateway_id, contact_at, version, address, waiting_bytes)
    values (${gatewayId}, statement_timestamp(), ${version}, ${address}, ${waitingBytes}::bigint)
    on conflict (gateway_id) do update
       set contact_at = excluded.contact_at, version = excluded.version, address = excluded.address,
           waiting_bytes = excluded.waiting_bytes
     where gateway_contact.contact_at < statement_timestamp() - make_interval(secs => ${contactEveryMs / 1000})
        or (gateway_contact.waiting_bytes > 0) is distinct from (excluded.waiting_bytes > 0)`)
}
