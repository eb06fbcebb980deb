import sql from 'sql-template-tag'
import type { DevicePlaces, HeardAlarm, HeardChange, HeardDevice, Hearer, Hearers } from '../domain/webhook-events.ts'
import { type Seen, SeenThere } from '../domain/webhook-seen.ts'
import type { Db } from './database.ts'

/** A chain of locations ends here, whatever the data say. */
const depthMax = 50

/** From where on feeds of an organization are read, and how much of each: through the right of the first who hears it. */
export interface ReadFrom {
  organizationId: string
  after: Readonly<Record<HeardChange['family'], number>>
  /** Where the look through the alarms began, of which this may be a part. */
  lookFrom: number
  limit: number
}

/** What changed in an organization's feeds: each in the order of its offsets. */
export interface FeedChanges {
  alarms: HeardAlarm[]
  inventory: HeardDevice[]
}

type ChangeRow = Omit<HeardAlarm, 'had'> & { family: HeardChange['family']; activatedOffset: number; removed: boolean }

/**
 * The changes of an organization's feeds, both as of one moment: so what was accepted before a change that is among them is among them too, whichever
 * feed it is in. Nothing of a feed that nobody hears. The first of each who hear covers it the longest.
 */
export async function changesOf(
  tx: Db,
  hearers: Hearers,
  { organizationId, after, lookFrom, limit }: ReadFrom,
): Promise<FeedChanges> {
  const [alarms, inventory] = [hearers.alarms[0], hearers.inventory[0]]
  const news = sql`greatest(t.changed_offset, ${lookFrom}::bigint)`
  const rows = await tx.rows<ChangeRow>(sql`
    (select 'alarms' as "family", x.id, x.device_id as "deviceId", x.severity, x.changed_offset as "offset", x.changed_at as "changedAt",
            coalesce(x.activated_offset, 0) as "activatedOffset", coalesce(x.activated_offset, 0) > ${news} as "activated",
            x.cleared_at is not null and coalesce(x.cleared_offset, 0) > ${news} as "cleared", x.cleared_at is not null as "over",
            false as "removed", x.json
       from covered_alarm x
       left join webhook_told_alarm t on t.organization_id = x.organization_id and t.alarm_id = x.id
      where x.caller = ${alarms?.id ?? null} and x.organization_id = ${organizationId} and x.changed_offset > ${after.alarms}
        and x.changed_at >= ${alarms?.since ?? null}::timestamptz
      order by x.changed_offset
      limit ${limit})
    union all
    (select 'inventory', x.id, x.id, '', x.changed_offset, x.changed_at, 0, false, false, false, x.removed_at is not null, x.json
       from covered_inventory_object x
      where x.caller = ${inventory?.id ?? null} and x.organization_id = ${organizationId} and x.kind = 'Device'
        and x.changed_offset > ${after.inventory} and x.changed_at >= ${inventory?.since ?? null}::timestamptz
      order by x.changed_offset
      limit ${limit})`)
  const { alarms: changed = [], inventory: devices = [] } = Object.groupBy(rows, ({ family }) => family)
  const isAsked = hearers.alarms.some(({ format, severities }) => format === 'alarms' || severities !== null)
  const had =
    isAsked && alarms ? await severitiesSince(tx, alarms.id, organizationId, changed) : new Map<string, HeardAlarm['had']>()
  return { alarms: changed.map((alarm) => ({ ...alarm, had: had.get(alarm.id) ?? [] })), inventory: devices }
}

/** The severities of each of these alarms since it became active, as far as they are covered. */
async function severitiesSince(
  tx: Db,
  caller: string,
  organizationId: string,
  alarms: readonly ChangeRow[],
): Promise<Map<string, HeardAlarm['had']>> {
  const rows = await tx.rows<{ id: string; severity: string; at: string }>(sql`
    select x.alarm_id as "id", x.json::jsonb ->> 'severity' as "severity", max(x.changed_at) as "at"
      from covered_alarm_version x
      join unnest(${alarms.map(({ id }) => id)}::text[], ${alarms.map((one) => one.activatedOffset)}::bigint[],
                  ${alarms.map(({ offset }) => offset)}::bigint[]) a (id, first, last)
        on x.alarm_id = a.id and x.changed_offset between a.first and a.last
     where x.caller = ${caller} and x.organization_id = ${organizationId}
     group by 1, 2`)
  return Map.groupBy(rows, ({ id }) => id)
}

/** Devices with their locations, as far as somebody who hears needs them and covers the inventory. */
export async function placesOf(
  tx: Db,
  organizationId: string,
  hearers: readonly Hearer[],
  devices: readonly string[],
): Promise<DevicePlaces> {
  const caller = hearers.find((one) => one.inventory && (one.format === 'alarms' || one.locationIds !== null))
  if (caller === undefined || devices.length === 0) return new Map()
  const mine = sql`x.caller = ${caller.id} and x.organization_id = ${organizationId}`
  const rows = await tx.rows<{ id: string; json: string; locations: { id: string; label: string }[] }>(sql`
    with recursive line as (
      select x.id as device, x.json, x.location_id as next, null::text as id, null::text as label, 0 as depth
        from covered_inventory_object x
       where ${mine} and x.id = any (${[...devices]}::text[])
       union all
      select l.device, null, x.parent_id, x.id, x.label, l.depth + 1
        from line l
        join covered_inventory_object x on ${mine} and x.id = l.next
       where l.depth < ${depthMax})
    select l.device as "id", max(l.json) as "json",
           coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'label', l.label) order by l.depth) filter (where l.id is not null), '[]') as "locations"
      from line l
     group by l.device`)
  return new Map(rows.map(({ id, ...place }) => [id, place]))
}

/** Which of these devices and alarms webhooks have seen at their locations, since they hear of them without a break. */
export async function seenThere(
  tx: Db,
  organizationId: string,
  hearers: readonly Hearer[],
  subjects: readonly string[],
): Promise<SeenThere> {
  const asking = hearers.filter(({ locationIds }) => locationIds !== null)
  if (asking.length === 0) return new SeenThere([])
  return new SeenThere(
    await tx.rows(sql`
      select t.webhook_id as "webhookId", t.subject_id as "subjectId"
        from webhook_seen_there t
        join unnest(${asking.map(({ id }) => id)}::text[], ${asking.map(({ locationFilter }) => locationFilter)}::text[],
                    ${asking.map(({ since }) => since)}::timestamptz[]) h (id, location_filter, since)
          on t.webhook_id = h.id and t.location_filter = h.location_filter and t.accepted_at >= h.since
       where t.organization_id = ${organizationId} and t.subject_id = any (${[...subjects]}::text[])`),
  )
}

/** Keeps what a look found otherwise, for the locations that were asked for in it: others may be chosen meanwhile. */
export async function noteSeen(tx: Db, organizationId: string, hearers: readonly Hearer[], seen: SeenThere): Promise<void> {
  const { there, gone } = seen.changes()
  const filters = new Map(hearers.map(({ id, locationFilter }) => [id, locationFilter]))
  const pairs = (those: readonly Seen[]) => sql`
    unnest(${those.map(({ webhookId }) => webhookId)}::text[], ${those.map(({ subjectId }) => subjectId)}::text[],
           ${those.map(({ webhookId }) => filters.get(webhookId))}::text[],
           ${those.map(({ acceptedAt }) => acceptedAt)}::timestamptz[]) x (webhook_id, subject_id, location_filter, accepted_at)`
  if (gone.length > 0)
    await tx.rows(sql`
      delete from webhook_seen_there t
       using ${pairs(gone)}
       where t.organization_id = ${organizationId} and t.subject_id = x.subject_id and t.webhook_id = x.webhook_id
         and t.location_filter = x.location_filter`)
  if (there.length > 0)
    await tx.rows(sql`
      insert into webhook_seen_there (organization_id, subject_id, webhook_id, location_filter, accepted_at)
      select ${organizationId}, x.subject_id, x.webhook_id, x.location_filter, x.accepted_at from ${pairs(there)}
      on conflict (organization_id, subject_id, webhook_id)
        do update set location_filter = excluded.location_filter, accepted_at = excluded.accepted_at`)
}
