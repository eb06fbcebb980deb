import sql from 'sql-template-tag'
import type { OrganizationId } from '../../domain/ids.ts'
import type { Db } from '../database.ts'
import { placesWithin } from '../devices.ts'

export interface SensorsWanted {
  /** A part of the sensor's label or of its device's; in any case. */
  search?: string | undefined
  type?: string | undefined
  /** Of devices in this location, or below it. */
  locationId?: string | undefined
  limit: number
}

/** A sensor and where it is, as far as the caller is covered for the inventory. */
export interface PlacedSensor {
  id: string
  deviceId: string
  device: { label: string; type: string; path: string[] } | undefined
}

interface Row {
  id: string | null
  deviceId: string
  deviceLabel: string | null
  deviceType: string | null
  path: string[] | null
  total: number
  types: string[]
}

/**
 * An organization's sensors as a caller sees them, by label, those whose own label holds what is searched for first; how many there are, with those
 * beyond the limit; and the types of all. Null where the caller is not covered for sensors (I1). Sensors and devices are read once each: a look-up
 * of each sensor's device would hold each against the coverage. "offset 0": without it each sensor's text would be parsed once for its label and again for
 * its type, which took twice as long.
 */
export async function organizationSensors(
  db: Db,
  caller: string,
  organization: OrganizationId,
  { search, type, locationId, limit }: SensorsWanted,
): Promise<{ sensors: PlacedSensor[]; total: number; types: string[] } | null> {
  const rows = await db.rows<Row>(sql`
    with recursive place as (${placesWithin(caller, organization)}),
    placed_device as materialized (
      select x.id, x.label, x.type, p.ids as places, p.labels as path
        from covered_inventory_object x
        left join place p on p.id = x.location_id
       where x.caller = ${caller} and x.organization_id = ${organization} and x.kind = 'Device' and x.removed_at is null),
    live_sensor as materialized (
      select x.id, x.device_id, x.said ->> 'label' as label, x.said ->> 'type' as type
        from (select x.id, x.device_id, x.json::jsonb as said
                from covered_sensor x
               where x.caller = ${caller} and x.organization_id = ${organization} and x.removed_at is null
              offset 0) x),
    found as materialized (
      select s.id, s.device_id, s.label, d.label as device_label, d.type as device_type, coalesce(d.path, '{}') as path,
             strpos(lower(s.label), lower(${search ?? ''}::text)) > 0 as by_itself
        from live_sensor s
        left join placed_device d on d.id = s.device_id
       where (${type ?? null}::text is null or s.type = ${type ?? null})
         and (${locationId ?? null}::text is null or ${locationId ?? null} = any (d.places))
         and (${search ?? null}::text is null
              or strpos(lower(concat_ws(' ', s.label, d.label)), lower(${search ?? ''}::text)) > 0))
    select f.id, f.device_id as "deviceId", f.device_label as "deviceLabel", f.device_type as "deviceType", f.path,
           (select count(*) from found)::integer as "total",
           array(select distinct s.type from live_sensor s order by s.type) as "types"
      from coverage c
      left join lateral (
           select f.id, f.device_id, f.device_label, f.device_type, f.path, f.by_itself, f.label
             from found f
            order by f.by_itself desc, f.label, f.device_label, f.id
            limit ${limit}) f on true
     where c.caller = ${caller} and c.organization_id = ${organization} and c.sensors
     order by f.by_itself desc, f.label, f.device_label, f.id`)
  const [first] = rows
  if (first === undefined) return null
  const sensors = rows.flatMap(({ id, deviceId, deviceLabel, deviceType, path }): PlacedSensor[] =>
    id === null
      ? []
      : [
          {
            id,
            deviceId,
            device: deviceLabel === null ? undefined : { label: deviceLabel, type: deviceType ?? '', path: path ?? [] },
          },
        ],
  )
  return { sensors, total: first.total, types: first.types }
}
