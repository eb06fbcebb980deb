import sql from 'sql-template-tag'
import { type Gateway, silentAfterMinutes } from '../domain/gateway.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

interface GatewayRow {
  id: string
  name: string
  createdAt: string
  lastContactAt: string | null
  version: string | null
  waitingBytes: number | null
  silent: boolean
  devices: number | null
}

/**
 * A customer's gateways, by name, or the one with this id. Their devices are counted as the member `caller` sees them, and not at all where
 * the member is not covered for the inventory: a partner's administrator who acts for a customer that does not consent (I1).
 */
export async function gatewaysOf(db: Db, customer: string, caller: string, id?: string): Promise<Gateway[]> {
  const rows = await db.rows<GatewayRow>(sql`
    select g.id, g.name, g.created_at as "createdAt", c.contact_at as "lastContactAt", c.version,
           c.waiting_bytes as "waitingBytes",
           coalesce(c.contact_at < statement_timestamp() - make_interval(mins => ${silentAfterMinutes}), true) as "silent",
           case when exists (select from coverage v where v.caller = ${caller} and v.organization_id = g.company_id and v.inventory) then
             (select count(*)
                from covered_inventory_object x
               where x.caller = ${caller} and x.organization_id = g.company_id and x.kind = 'Device' and x.removed_at is null
                 and jsonb_exists(x.json::jsonb -> 'gatewayIds', g.id)) end as "devices"
      from gateway g
      left join gateway_contact c on c.gateway_id = g.id
     where g.company_id = ${customer} and g.removed_at is null and (${id ?? null}::text is null or g.id = ${id ?? null})
     order by g.name, g.id`)
  return rows.map(present)
}

export async function createGateway(
  tx: Db,
  customer: string,
  given: { id: string; name: string; secretHash: Uint8Array; secretName: string },
): Promise<void> {
  await tx.rows(sql`
    insert into gateway (id, company_id, name, secret_hash, secret_name)
    values (${given.id}, ${customer}, ${given.name}, ${given.secretHash}, ${given.secretName})`)
}

/** Sets the secret of its token; the former one is refused from this commit on. Its name; null where there was no such gateway of this customer. */
export async function replaceGatewaySecret(
  tx: Db,
  customer: string,
  id: string,
  { secretHash, secretName }: { secretHash: Uint8Array; secretName: string },
): Promise<string | null> {
  const [row] = await tx.rows<{ name: string }>(sql`
    update gateway set secret_hash = ${secretHash}, secret_name = ${secretName}
     where id = ${id} and company_id = ${customer} and removed_at is null
    returning name`)
  return row?.name ?? null
}

/** Ends a gateway's token for good. What it reported stays. Its name; null where there was no such gateway of this customer. */
export async function removeGateway(tx: Db, customer: string, id: string): Promise<string | null> {
  const [row] = await tx.rows<{ name: string }>(sql`
    update gateway set removed_at = statement_timestamp()
     where id = ${id} and company_id = ${customer} and removed_at is null
    returning name`)
  return row?.name ?? null
}

/** The demo company's first gateway, as one that sends batches. Null where there is no demo company, or none that sends. */
export async function demoGateway(db: Db): Promise<{ id: string; organizationId: string; createdAt: string } | null> {
  const [row] = await db.rows<{ id: string; organizationId: string; createdAt: string }>(sql`
    select g.id, g.company_id as "organizationId", g.created_at as "createdAt"
      from gateway g
      join company o on o.id = g.company_id and o.kind = 'demo' and o.suspended_at is null
     where g.removed_at is null
     order by g.created_at, g.id
     limit 1`)
  return row ?? null
}

/** Those of the gateways `ids` that may send: neither removed, nor of a company that is suspended. */
export function sendingGateways(db: Db, ids: readonly string[]): Promise<{ id: string; organizationId: string }[]> {
  return db.rows(sql`
    select g.id, g.company_id as "organizationId"
      from gateway g
      join company o on o.id = g.company_id and o.suspended_at is null
     where g.id = any (${[...ids]}::text[]) and g.removed_at is null
     order by g.id`)
}
