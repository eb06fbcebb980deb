import sql from 'sql-template-tag'
import { severitiesByWeight } from '../domain/alarm.ts'
import type { Severity } from '../domain/batch.ts'
import type { OrganizationId } from '../domain/ids.ts'
import { type SiteState, silentAfterMinutes } from '../domain/site.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

/** How an organization's sites stand, by the kinds of data that the caller is covered for. Null: for none of it (I1). */
export async function siteStateOf(db: Db, caller: string, organization: OrganizationId): Promise<SiteState | null> {
  const [kinds] = await db.rows<{ inventory: boolean; alarms: boolean; own: boolean }>(sql`
    select c.inventory, c.alarms, exists (select from valid_member m where m.id = c.caller and m.company_id = c.organization_id) as "own"
      from coverage c
     where c.caller = ${caller} and c.organization_id = ${organization}`)
  if (kinds === undefined) return null
  return {
    ...(kinds.alarms ? { alarms: await alarmState(db, caller, organization, kinds.own) } : {}),
    ...(kinds.inventory ? { inventory: await inventoryState(db, caller, organization) } : {}),
  }
}

async function alarmState(
  db: Db,
  caller: string,
  organization: OrganizationId,
  own: boolean,
): Promise<NonNullable<SiteState['alarms']>> {
  const rows = await db.rows<{ deviceId: string; severity: Severity; count: number; unacknowledged: number }>(sql`
    select a.device_id as "deviceId", a.severity, count(*) as "count",
           count(*) filter (where s.withdrawn is null or s.withdrawn or s.reactivations <> a.reactivations) as "unacknowledged"
      from covered_alarm a
      left join lateral (
           select k.reactivations, k.withdrawn
             from covered_alarm_acknowledgement k
            where k.caller = a.caller and k.organization_id = a.organization_id and k.alarm_id = a.id
            order by k.made_at desc, k.id
            limit 1) s on ${own}::boolean
     where a.caller = ${caller} and a.organization_id = ${organization} and a.cleared_at is null
     group by a.device_id, a.severity`)
  const counts = new Map<Severity, number>()
  const worst = new Map<string, Severity>()
  for (const severity of severitiesByWeight) {
    for (const row of rows.filter((one) => one.severity === severity)) {
      counts.set(severity, (counts.get(severity) ?? 0) + row.count)
      if (!worst.has(row.deviceId)) worst.set(row.deviceId, severity)
    }
  }
  return {
    active: [...counts].map(([severity, count]) => ({ severity, count })),
    ...(own ? { unacknowledged: rows.reduce((sum, row) => sum + row.unacknowledged, 0) } : {}),
    devices: [...worst].map(([deviceId, severity]) => ({ deviceId, severity })),
  }
}

async function inventoryState(
  db: Db,
  caller: string,
  organization: OrganizationId,
): Promise<NonNullable<SiteState['inventory']>> {
  const gateways = await db.rows<{ id: string; removed: boolean; lastContactAt: string | null; silent: boolean }>(sql`
    select g.gateway_id as "id", g.removed, g.contact_at as "lastContactAt",
           coalesce(g.contact_at < statement_timestamp() - make_interval(mins => ${silentAfterMinutes}), true) as "silent"
      from covered_gateway_contact g
     where g.caller = ${caller} and g.organization_id = ${organization}
     order by g.gateway_id`)
  const heard = gateways.filter(({ silent }) => !silent).map(({ id }) => id)
  // Where all are heard of, no device needs to be asked through which of them it is seen: this is asked often.
  const withoutContact = gateways.some(({ silent }) => silent)
    ? sql`count(*) filter (where not jsonb_exists_any(x.json::jsonb -> 'gatewayIds', ${heard}::text[]))`
    : sql`0`
  const [count] = await db.rows<{ devices: number; withoutContact: number }>(sql`
    select count(*) as "devices", ${withoutContact}::integer as "withoutContact"
      from covered_inventory_object x
     where x.caller = ${caller} and x.organization_id = ${organization} and x.kind = 'Device' and x.removed_at is null`)
  return {
    devices: count?.devices ?? 0,
    withoutContact: count?.withoutContact ?? 0,
    gateways: gateways.filter(({ removed }) => !removed).map(({ removed, ...gateway }) => present(gateway)),
  }
}
