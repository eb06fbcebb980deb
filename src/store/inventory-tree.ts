import sql from 'sql-template-tag'
import type { OrganizationId } from '../domain/ids.ts'
import { type InventoryTree, inventoryTree, type TreeDevice, type TreeLocation } from '../domain/site.ts'
import type { Db } from './database.ts'
import { pieceOffsets } from './feeds.ts'

/** The head of the feed, and how often what people set was noted beside it. */
const version = sql`h.head || '.' || h.restated`

/** What an inventory's tree is of: another version, another tree. Null where the caller is not covered (I1). */
export async function inventoryVersion(db: Db, caller: string, organization: OrganizationId): Promise<string | null> {
  const [row] = await db.rows<{ version: string }>(sql`
    select ${version} as "version" from covered_feed_head h
     where h.caller = ${caller} and h.organization_id = ${organization} and h.family = 'inventory'`)
  return row?.version ?? null
}

/** A piece of the inventory: objects' JSON texts, with commas between; and what people did to its locations, the same in each piece. */
interface TreeRow {
  head: number
  version: string
  items: string | null
  people: { id: string; madeBy: TreeLocation['madeBy']; set: string | null }[] | null
}

interface StoredObject extends Omit<TreeDevice, 'gatewayIds'> {
  inventoryObjectType: 'Location' | 'Device'
  address?: string
  gatewayIds?: string[]
}

/**
 * All locations and devices, with the head of their feed, of one snapshot (I6). Null where the caller is not covered (I1). The objects' texts come in
 * pieces and are read here: for the database to look into each took three times as long.
 */
export async function inventoryTreeOf(db: Db, caller: string, organization: OrganizationId): Promise<InventoryTree | null> {
  const rows = await db.rows<TreeRow>(sql`
    select h.head, ${version} as "version", p.items, q.people
      from covered_feed_head h
     cross join lateral (
           select json_agg(json_build_object('id', o.id, 'madeBy', o.made_by, 'set', o.person_set)) as people
             from covered_inventory_object o
            where o.caller = h.caller and o.organization_id = h.organization_id and o.removed_at is null and o.kind = 'Location'
              and (o.made_by = 'person' or o.person_set is not null)) q
      left join lateral (
           select string_agg(o.json, ',') as items
             from covered_inventory_object o
            where o.caller = h.caller and o.organization_id = h.organization_id and o.removed_at is null and o.kind <> 'Organization'
            group by o.changed_offset / ${pieceOffsets}::integer) p on true
     where h.caller = ${caller} and h.organization_id = ${organization} and h.family = 'inventory'`)
  const [first] = rows
  if (first === undefined) return null
  const people = new Map(first.people?.map(({ id, ...did }) => [id, did]))
  const tree: InventoryTree = { offset: first.head, version: first.version, locations: [], devices: [] }
  for (const { items } of rows) {
    for (const object of JSON.parse(`[${items ?? ''}]`) as StoredObject[]) {
      if (object.inventoryObjectType === 'Device') {
        tree.devices.push({ ...object, gatewayIds: object.gatewayIds ?? [] })
        continue
      }
      const did = people.get(object.id)
      const set = did?.set ? { set: Object.keys(JSON.parse(did.set)) as NonNullable<TreeLocation['set']> } : {}
      tree.locations.push({ ...object, madeBy: did?.madeBy ?? 'gateway', ...set })
    }
  }
  return inventoryTree.parse(tree)
}
