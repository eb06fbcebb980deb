import sql, { type Sql } from 'sql-template-tag'
import type { ChangeOffset, OrganizationId } from '../domain/ids.ts'
import { changesOf, listOf } from './feeds.ts'

/**
 * The active alarms, and those cleared within the last 7 days (contract, section 4). Time alone takes an alarm out of the list, oldest first:
 * so beside the head, when the oldest one in it was cleared tells one list from the next.
 */
export function alarmList(organization: OrganizationId): Sql {
  const mine = sql`x.caller = k.id and x.organization_id = h.organization_id`
  const lately = sql`x.cleared_at > statement_timestamp() - interval '7 days'`
  return listOf(
    'alarms',
    organization,
    sql`
    select x.json, '' as kind, x.changed_offset
      from covered_alarm x
     where ${mine} and (x.cleared_at is null or ${lately})`,
    sql`select extract(epoch from min(x.cleared_at))::text from covered_alarm x where ${mine} and ${lately}`,
  )
}

export function alarmChangesAfter(organization: OrganizationId, offset: ChangeOffset): Sql {
  return changesOf(
    'alarms',
    organization,
    offset,
    sql`
    select x.changed_offset, x.json from covered_alarm x where x.caller = k.id and x.organization_id = h.organization_id`,
  )
}
