import sql, { type Sql } from 'sql-template-tag'
import type { Holder, Holders, OwnReference, ReferenceChanges } from '../../domain/ingest/stored.ts'
import type { Db } from '../database.ts'

export type ReferenceFamily = 'location' | 'device' | 'sensor' | 'alarm'

interface ReferenceRow extends Holder {
  family: ReferenceFamily
  objectId: string
}

/** Names by their objects, and those of one gateway by family. */
export interface References {
  holders: Holders
  own: Record<ReferenceFamily, OwnReference[]>
}

/** All names of these families in an organization. */
export function referencesOf(
  tx: Db,
  organizationId: string,
  gatewayId: string,
  families: readonly ReferenceFamily[],
): Promise<References> {
  return referencesWhere(tx, organizationId, gatewayId, sql`r.family = any (${[...families]}::text[])`)
}

/** All gateways' names of these objects. */
export async function referencesTo(
  tx: Db,
  organizationId: string,
  gatewayId: string,
  objectIds: readonly string[],
): Promise<References> {
  if (objectIds.length === 0) return sorted(gatewayId, [])
  return referencesWhere(tx, organizationId, gatewayId, sql`r.object_id = any (${[...objectIds]}::text[])`)
}

async function referencesWhere(tx: Db, organizationId: string, gatewayId: string, condition: Sql): Promise<References> {
  const rows = await tx.rows<ReferenceRow>(sql`
    select r.gateway_id as "gatewayId", r.family, r.reference, r.object_id as "objectId", g.removed_at is not null as gone
      from gateway_reference r
      join gateway g on g.id = r.gateway_id
     where r.organization_id = ${organizationId} and ${condition}
     order by r.made_at, r.gateway_id, r.reference`)
  return sorted(gatewayId, rows)
}

/** A gateway's live devices, its name for each to the id: all, or those among `references`. */
export async function liveDevices(tx: Db, gatewayId: string, references?: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<OwnReference>(sql`
    select r.reference, r.object_id as "objectId"
      from gateway_reference r
      join inventory_object x on x.organization_id = r.organization_id and x.id = r.object_id and x.removed_at is null
     where r.gateway_id = ${gatewayId} and r.family = 'device'
       and (${references === undefined}::boolean or r.reference = any (${[...(references ?? [])]}::text[]))`)
  return new Map(rows.map(({ reference, objectId }) => [reference, objectId]))
}

/** A gateway's live sensors: its name for each to the id. */
export async function liveSensors(db: Db, gatewayId: string): Promise<Map<string, string>> {
  const rows = await db.rows<OwnReference>(sql`
    select r.reference, r.object_id as "objectId"
      from gateway_reference r
      join sensor s on s.organization_id = r.organization_id and s.id = r.object_id and s.removed_at is null
     where r.gateway_id = ${gatewayId} and r.family = 'sensor'`)
  return new Map(rows.map(({ reference, objectId }) => [reference, objectId]))
}

/**
 * Another one wherever liveSensors gives something else: a sensor's change moves its feed's head, and the names are hashed with what they name. No
 * time is in it: a database's clock may be set back.
 */
const liveSensorsVersionOf = (organizationId: string, gatewayId: string) => sql`
  select concat_ws(' ', f.head, r.names, r.hash) as version
    from feed_head f
   cross join lateral (
         select count(*) as names, bit_xor(hashtextextended(concat_ws(' ', r.object_id, r.reference), 0)) as hash
           from gateway_reference r
          where r.gateway_id = ${gatewayId} and r.family = 'sensor') r
   where f.organization_id = ${organizationId} and f.family = 'sensors'`

export async function liveSensorsVersion(db: Db, organizationId: string, gatewayId: string): Promise<string> {
  const [row] = await db.rows<{ version: string }>(liveSensorsVersionOf(organizationId, gatewayId))
  return row?.version ?? ''
}

/** Both of one snapshot: else names that were changed in between, and changed back, would be kept under the version before. */
export async function liveSensorsAndVersion(
  db: Db,
  organizationId: string,
  gatewayId: string,
): Promise<{ version: string; sensors: Map<string, string> }> {
  const rows = await db.rows<{ version: string } & (OwnReference | { reference: null })>(sql`
    with v as materialized (${liveSensorsVersionOf(organizationId, gatewayId)})
    select v.version, s.reference, s.object_id as "objectId"
      from v
      left join (
           select r.reference, r.object_id
             from gateway_reference r
             join sensor s on s.organization_id = r.organization_id and s.id = r.object_id and s.removed_at is null
            where r.gateway_id = ${gatewayId} and r.family = 'sensor') s on true`)
  const sensors = new Map<string, string>()
  for (const row of rows) if (row.reference !== null) sensors.set(row.reference, row.objectId)
  return { version: rows[0]?.version ?? '', sensors }
}

export async function writeReferences(
  tx: Db,
  organizationId: string,
  gatewayId: string,
  family: ReferenceFamily,
  { put, drop }: ReferenceChanges,
): Promise<void> {
  if (drop.length > 0) {
    await tx.rows(sql`
      delete from gateway_reference where gateway_id = ${gatewayId} and family = ${family} and reference = any (${drop}::text[])`)
  }
  if (put.length > 0) {
    await tx.rows(sql`
      insert into gateway_reference (gateway_id, family, reference, organization_id, object_id)
      select ${gatewayId}, ${family}, x.reference, ${organizationId}, x."objectId"
        from json_to_recordset(${JSON.stringify(put)}::text::json) as x(reference text, "objectId" text)
      on conflict (gateway_id, family, reference) do update set object_id = excluded.object_id, made_at = excluded.made_at`)
  }
}

function sorted(gatewayId: string, rows: readonly ReferenceRow[]): References {
  const holders = new Map<string, Holder[]>()
  const own: References['own'] = { location: [], device: [], sensor: [], alarm: [] }
  for (const { family, objectId, ...holder } of rows) {
    const there = holders.get(objectId)
    if (there === undefined) holders.set(objectId, [holder])
    else there.push(holder)
    if (holder.gatewayId === gatewayId) own[family].push({ reference: holder.reference, objectId })
  }
  return { holders, own }
}
