import sql, { type Sql } from 'sql-template-tag'
import type { ChangeOffset, OrganizationId } from '../domain/ids.ts'
import { changesOf, listOf } from './feeds.ts'

/** The active alarms, and those cleared within the last 7 days (contract, section 4). */
export function alarmList(organization: OrganizationId, known: readonly string[]): Sql {
  const listed = sql`x.caller = k.id and x.organization_id = h.organization_id
                 and (x.cleared_at is null or x.cleared_at > statement_timestamp() - interval '7 days')`
  // Time alone takes an alarm out of the list, oldest first: the version names the oldest that is still in it.
  const version = sql`
    h.head || '-' || coalesce((select extract(epoch from min(x.cleared_at)) from covered_alarm x where ${listed})::text, '')`
  return listOf('alarms', organization, known, version, sql`
    select string_agg(x.json, ',' order by x.changed_offset) from covered_alarm x where ${listed}`)
}

export function alarmChangesAfter(organization: OrganizationId, offset: ChangeOffset): Sql {
  return changesOf('alarms', organization, offset, sql`
    select x.changed_offset, x.json from covered_alarm x where x.caller = k.id and x.organization_id = h.organization_id`)
}
