import sql, { type Sql } from 'sql-template-tag'
import type { DeviceDetails, ListedDevice, Place } from '../domain/device.ts'
import type { DeviceId, OrganizationId } from '../domain/ids.ts'
import type { Db } from './database.ts'
import { type DeviceRow, deviceWithAncestors } from './inventory.ts'

/** Parts of one device, and places of one organization, that an answer holds. */
const partsMax = 1000
const placesMax = 1000
/** A line of locations ends here, whatever the data say. */
const depthMax = 50

export interface DevicesWanted {
  /** A part of the label, of the serial number or of the model's name; in any case. */
  search?: string | undefined
  type?: string | undefined
  /** In this location, or below it. */
  locationId?: string | undefined
  /** Whether parts of other devices are listed too. */
  parts: boolean
  limit: number
}

/** All locations with their paths: `ids` and `labels` from the top down, the location itself last. */
export function placesWithin(caller: string, organization: OrganizationId): Sql {
  return sql`
    select x.id, array[x.id] as ids, array[x.label] as labels
      from covered_inventory_object x
     where x.caller = ${caller} and x.organization_id = ${organization} and x.kind = 'Location' and x.removed_at is null
       and x.parent_id is null
    union all
    select x.id, p.ids || x.id, p.labels || x.label
      from place p
      join covered_inventory_object x on x.caller = ${caller} and x.organization_id = ${organization} and x.parent_id = p.id
     where x.kind = 'Location' and x.removed_at is null and cardinality(p.ids) < ${depthMax}`
}

interface ListedRow {
  id: string | null
  label: string
  type: string
  modelName: string | null
  locationId: string | null
  path: string[] | null
  total: number
}

/** Devices as a caller sees them, by label, and how many there are beyond the limit. Null where the caller is not covered (I1). */
export async function devicesOf(
  db: Db,
  caller: string,
  organization: OrganizationId,
  { search, type, locationId, parts, limit }: DevicesWanted,
): Promise<{ devices: ListedDevice[]; total: number } | null> {
  const rows = await db.rows<ListedRow>(sql`
    with recursive place as (${placesWithin(caller, organization)})
    select d.id, d.label, d.type, d.json::jsonb ->> 'modelName' as "modelName", d.location_id as "locationId", d.labels as "path",
           d.total::integer as "total"
      from coverage c
      left join lateral (
           select x.id, x.label, x.type, x.json, p.id as location_id, p.labels, count(*) over () as total
             from covered_inventory_object x
             left join place p on p.id = x.location_id
            where x.caller = c.caller and x.organization_id = c.organization_id and x.kind = 'Device' and x.removed_at is null
              and (${parts}::boolean or x.parent_id is null)
              and (${type ?? null}::text is null or x.type = ${type ?? null})
              and (${locationId ?? null}::text is null or ${locationId ?? null} = any (p.ids))
              and (${search ?? null}::text is null
                   or strpos(lower(concat_ws(' ', x.label, x.json::jsonb ->> 'serialNumber', x.json::jsonb ->> 'modelName')),
                             lower(${search ?? ''}::text)) > 0)
            order by x.label, x.id
            limit ${limit}) d on true
     where c.caller = ${caller} and c.organization_id = ${organization} and c.inventory
     order by d.label, d.id`)
  if (rows.length === 0) return null
  const devices = rows.flatMap(({ id, label, type, modelName, locationId, path }): ListedDevice[] =>
    id === null
      ? []
      : [
          {
            id,
            label,
            type,
            ...(modelName === null ? {} : { modelName }),
            ...(locationId === null || path === null ? {} : { location: { id: locationId, path } }),
          },
        ],
  )
  return { devices, total: devices.length === 0 ? 0 : (rows[0] as ListedRow).total }
}

/** What devices can be asked for by: the types that there are, and the locations, in their order from the top down. */
export async function devicePlaces(
  db: Db,
  caller: string,
  organization: OrganizationId,
): Promise<{ types: string[]; places: Place[] }> {
  const types = await db.rows<{ type: string }>(sql`
    select distinct x.type
      from covered_inventory_object x
     where x.caller = ${caller} and x.organization_id = ${organization} and x.kind = 'Device' and x.removed_at is null
     order by x.type`)
  const places = await db.rows<Place>(sql`
    with recursive place as (${placesWithin(caller, organization)})
    select p.id, p.labels as "path" from place p order by p.labels, p.id limit ${placesMax}`)
  return { types: types.map(({ type }) => type), places }
}

interface StoredObject {
  inventoryObjectType: 'Organization' | 'Location' | 'Device'
  id: string
  label: string
  type?: string
}

/** A device, what it is in and a part of, and its parts. Null where the caller is not covered; `undefined` where there is no such device now. */
export async function deviceOf(
  db: Db,
  caller: string,
  organization: OrganizationId,
  id: DeviceId,
): Promise<DeviceDetails | null | undefined> {
  const [row] = await db.rows<DeviceRow & { parts: DeviceDetails['parts']; personSet: string | null }>(sql`
    select d.organization, d.device, d.ancestors,
           (select x.person_set
              from covered_inventory_object x
             where x.caller = k.id and x.organization_id = ${organization} and x.id = ${id}) as "personSet",
           (select coalesce(json_agg(json_build_object('id', o.id, 'label', o.label, 'type', o.type)), '[]'::json)
              from (select x.id, x.label, x.type
                      from covered_inventory_object x
                     where x.caller = k.id and x.organization_id = ${organization} and x.parent_id = ${id} and x.kind = 'Device'
                       and x.removed_at is null
                     order by x.label, x.id
                     limit ${partsMax}) o) as "parts"
      from (select ${caller}::text as id) k
     cross join lateral (${deviceWithAncestors(organization, id)}) d`)
  if (row === undefined) return null
  if (row.device === null) return undefined
  const above = [row.ancestors, row.organization].filter((text) => text !== null)
  const ancestors = JSON.parse(`[${above.join(',')}]`) as StoredObject[]
  return {
    device: JSON.parse(row.device) as DeviceDetails['device'],
    ancestors: ancestors.map(({ inventoryObjectType: kind, id, label, type }) => ({ kind, id, label, ...(type && { type }) })),
    parts: row.parts,
    set: row.personSet === null ? [] : (Object.keys(JSON.parse(row.personSet)) as DeviceDetails['set']),
  }
}
