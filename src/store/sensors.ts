import sql, { type Sql } from 'sql-template-tag'
import type { ChangeOffset, OrganizationId } from '../domain/ids.ts'
import { changesOf, listOf } from './feeds.ts'

export function sensorList(organization: OrganizationId): Sql {
  return listOf(
    'sensors',
    organization,
    sql`
    select x.json, '' as kind, x.changed_offset
      from covered_sensor x
     where x.caller = k.id and x.organization_id = h.organization_id and x.removed_at is null`,
  )
}

export function sensorChangesAfter(organization: OrganizationId, offset: ChangeOffset): Sql {
  return changesOf(
    'sensors',
    organization,
    offset,
    sql`
    select x.changed_offset,
           case when x.removed_at is null
                then '{"sensorChangeType":"SensorCreateOrUpdate","sensor":' || x.json || '}'
                else '{"sensorChangeType":"SensorDelete","sensorId":' || to_json(x.id)::text || '}'
           end as json
      from covered_sensor x
     where x.caller = k.id and x.organization_id = h.organization_id
       and (x.removed_at is null or ${offset > 0}::boolean)`,
  )
}
