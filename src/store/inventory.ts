import sql, { type Sql } from 'sql-template-tag'
import type { ChangeOffset, DeviceId, OrganizationId } from '../domain/ids.ts'
import { changesOf, listOf } from './feeds.ts'

/** A chain of ancestors ends here, whatever the data say. */
const depthMax = 100

/** The whole inventory: the Organization first, then locations, then devices. */
export function inventoryList(organization: OrganizationId): Sql {
  return listOf(
    'inventory',
    organization,
    sql`
    select x.json, x.kind, x.changed_offset
      from covered_inventory_object x
     where x.caller = k.id and x.organization_id = h.organization_id and x.removed_at is null`,
  )
}

export function inventoryChangesAfter(organization: OrganizationId, offset: ChangeOffset): Sql {
  return changesOf(
    'inventory',
    organization,
    offset,
    sql`
    select x.changed_offset,
           case when x.removed_at is null
                then '{"inventoryObjectChangeType":"InventoryObjectCreateOrUpdate","inventoryObject":' || x.json || '}'
                else '{"inventoryObjectChangeType":"InventoryObjectDelete","inventoryObjectId":' || to_json(x.id)::text || '}'
           end as json
      from covered_inventory_object x
     where x.caller = k.id and x.organization_id = h.organization_id
       and (x.removed_at is null or ${offset > 0}::boolean)`,
  )
}

/** A device as one row. No row: not covered. `device` is null where the organization has no such device now. */
export interface DeviceRow {
  organization: string
  device: string | null
  ancestors: string | null
}

/** A device with its ancestors, nearest first: parent devices, then locations upward, the Organization last. */
export function deviceWithAncestors(organization: OrganizationId, device: DeviceId): Sql {
  return sql`
    with recursive line as (
      select x.id, x.parent_id, x.location_id, x.json, 0 as depth
        from covered_inventory_object x
       where x.caller = k.id and x.organization_id = ${organization} and x.id = ${device} and x.kind = 'Device' and x.removed_at is null
       union all
      select x.id, x.parent_id, x.location_id, x.json, l.depth + 1
        from line l
        join covered_inventory_object x
          on x.caller = k.id and x.organization_id = ${organization} and x.id = coalesce(l.parent_id, l.location_id) and x.removed_at is null
       where l.depth < ${depthMax})
    select o.json as "organization",
           (select l.json from line l where l.depth = 0) as "device",
           (select string_agg(l.json, ',' order by l.depth) from line l where l.depth > 0) as "ancestors"
      from covered_inventory_object o
     where o.caller = k.id and o.organization_id = ${organization} and o.id = ${organization}`
}
