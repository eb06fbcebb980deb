import sql, { type Sql } from 'sql-template-tag'
import { type AlarmInFull, type ListedAlarm, severitiesByWeight } from '../domain/alarm.ts'
import type { Severity } from '../domain/batch.ts'
import type { OrganizationId } from '../domain/ids.ts'
import type { Db } from './database.ts'
import { placesWithin } from './devices.ts'
import { present } from './present.ts'

/** States of one alarm, and acknowledgements, that an answer holds. */
const versionsMax = 200

export interface AlarmsWanted {
  /** Those that are active, the worst first; or those that were cleared, the latest first. */
  state: 'active' | 'past'
  severity?: Severity | undefined
  deviceId?: string | undefined
  /** At devices in this location, or below it. */
  locationId?: string | undefined
  /** A part of the alarm's label or message or of the device's label; in any case. */
  search?: string | undefined
  acknowledged?: boolean | undefined
  /** Past ones cleared before this place in their order. */
  before?: { clearedAt: string; id: string } | undefined
  limit: number
}

interface AlarmRow {
  id: string | null
  json: string
  deviceLabel: string | null
  deviceType: string | null
  path: string[] | null
  at: string | null
  by: string | null
  assigneeId: string | null
  assignee: string | null
  note: string | null
  total: number
}

/** An alarm `a`, with its device and who has seen it. */
const alarmColumns: Sql = sql`
  a.id, a.json, d.label as "deviceLabel", d.type as "deviceType", p.labels as "path",
  k.made_at as "at", b.name as "by", k.assignee_id as "assigneeId", s.name as "assignee", k.note`

/**
 * The newest acknowledgement counts, if it is about the latest activation and was not withdrawn. It is looked up for each alarm: all of them taken
 * together first are many more than the alarms that are wanted.
 */
const alarmJoins: Sql = sql`
  left join covered_inventory_object d
         on d.caller = a.caller and d.organization_id = a.organization_id and d.id = a.device_id and d.removed_at is null
  left join place p on p.id = d.location_id
  left join lateral (
       select k.alarm_id, k.reactivations, k.person_id, k.assignee_id, k.note, k.withdrawn, k.made_at
         from covered_alarm_acknowledgement k
        where k.caller = a.caller and k.organization_id = a.organization_id and k.alarm_id = a.id
        order by k.made_at desc, k.id
        limit 1) k on k.reactivations = a.reactivations and not k.withdrawn
  left join person b on b.id = k.person_id
  left join person s on s.id = k.assignee_id`

/**
 * An organization's alarms as a caller sees them, and how many active ones there are, with those beyond the limit. Null where it is not covered for
 * alarms (I1). The order holds, for a lateral join is a loop, and a caller's coverage of an organization one row.
 */
export async function organizationAlarms(
  db: Db,
  caller: string,
  organization: OrganizationId,
  wanted: AlarmsWanted,
): Promise<{ alarms: ListedAlarm[]; total: number } | null> {
  const { state, severity, deviceId, locationId, search, acknowledged, before, limit } = wanted
  const order =
    state === 'active'
      ? sql`array_position(${[...severitiesByWeight]}::text[], a.severity), a.activated_at desc, a.id`
      : sql`a.cleared_at desc, a.id desc`
  const rows = await db.rows<AlarmRow>(sql`
    with recursive place as (${placesWithin(caller, organization)})
    select x.*
      from coverage c
      left join lateral (
           select ${alarmColumns}, ${state === 'active' ? sql`(count(*) over ())` : sql`0`}::integer as "total"
             from covered_alarm a
             ${alarmJoins}
            where a.caller = c.caller and a.organization_id = c.organization_id
              and ${state === 'active' ? sql`a.cleared_at is null` : sql`a.cleared_at is not null`}
              and (${severity ?? null}::text is null or a.severity = ${severity ?? null})
              and (${deviceId ?? null}::text is null or a.device_id = ${deviceId ?? null})
              and (${locationId ?? null}::text is null or ${locationId ?? null} = any (p.ids))
              and (${acknowledged ?? null}::boolean is null or (k.alarm_id is not null) = ${acknowledged ?? null})
              and (${search ?? null}::text is null
                   or strpos(lower(concat_ws(' ', d.label, a.json::jsonb ->> 'label', a.json::jsonb ->> 'message')), lower(${search ?? ''}::text)) > 0)
              and (${before?.id ?? null}::text is null
                   or (a.cleared_at, a.id) < (${before?.clearedAt ?? null}::timestamptz, ${before?.id ?? null}::text))
            order by ${order}
            limit ${limit}) x on true
     where c.caller = ${caller} and c.organization_id = ${organization} and c.alarms`)
  if (rows.length === 0) return null
  return { alarms: rows.filter(({ id }) => id !== null).map(listed), total: rows[0]?.total ?? 0 }
}

/** An alarm with its states and who has seen it. Null where the caller is not covered; undefined where there is no such alarm. */
export async function alarmOf(
  db: Db,
  caller: string,
  organization: OrganizationId,
  id: string,
): Promise<AlarmInFull | null | undefined> {
  const [row] = await db.rows<AlarmRow>(sql`
    with recursive place as (${placesWithin(caller, organization)})
    select x.*, 0 as "total"
      from coverage c
      left join lateral (
           select ${alarmColumns}
             from covered_alarm a
             ${alarmJoins}
            where a.caller = c.caller and a.organization_id = c.organization_id and a.id = ${id}) x on true
     where c.caller = ${caller} and c.organization_id = ${organization} and c.alarms`)
  if (row === undefined) return null
  if (row.id === null) return undefined
  const versions = await db.rows<{ at: string; json: string }>(sql`
    select v.changed_at as "at", v.json
      from covered_alarm_version v
     where v.caller = ${caller} and v.organization_id = ${organization} and v.alarm_id = ${id}
     order by v.changed_offset desc
     limit ${versionsMax}`)
  const acknowledgements = await db.rows<SeenRow & { at: string; withdrawn: boolean }>(sql`
    select k.made_at as "at", b.name as "by", k.assignee_id as "assigneeId", s.name as "assignee", k.note, k.withdrawn
      from covered_alarm_acknowledgement k
      left join person b on b.id = k.person_id
      left join person s on s.id = k.assignee_id
     where k.caller = ${caller} and k.organization_id = ${organization} and k.alarm_id = ${id}
     order by k.made_at desc, k.id
     limit ${versionsMax}`)
  return {
    alarm: listed(row),
    versions: versions.map(({ at, json }) => ({ ...withoutIds(json), at })),
    acknowledgements: acknowledgements.map(({ at, withdrawn, ...by }) => ({ at, withdrawn, ...seenBy(by) })),
  }
}

/**
 * Notes that a member of the customer has seen an alarm, in its latest activation, or has not after all. Null where the member's company has no such
 * alarm: the access is in the join.
 */
export async function noteAcknowledgement(
  tx: Db,
  member: { id: string; personId: string },
  organization: OrganizationId,
  id: string,
  given: { assigneeId?: string | undefined; note?: string | undefined; withdrawn?: boolean },
): Promise<{ id: string } | null> {
  const [row] = await tx.rows<{ id: string }>(sql`
    with a as materialized (
      select a.organization_id, a.id, a.reactivations
        from covered_alarm a
        join valid_member m on m.id = a.caller and m.company_id = a.organization_id
       where a.caller = ${member.id} and a.organization_id = ${organization} and a.id = ${id}),
    noted as (
      insert into alarm_acknowledgement (organization_id, alarm_id, reactivations, person_id, assignee_id, note, withdrawn)
      select a.organization_id, a.id, a.reactivations, ${member.personId}::text, ${given.assigneeId ?? null}::text,
             ${given.note ?? null}::text, ${given.withdrawn ?? false}::boolean
        from a)
    select a.id from a`)
  return row ?? null
}

interface SeenRow {
  by: string | null
  assigneeId: string | null
  assignee: string | null
  note: string | null
}

function seenBy({ by, assigneeId, assignee, note }: SeenRow) {
  return {
    ...present({ by, note }),
    ...(assigneeId === null || assignee === null ? {} : { assignee: { personId: assigneeId, name: assignee } }),
  }
}

type OnTheWire = Omit<ListedAlarm, 'device' | 'acknowledgement'>

function listed({ json, deviceLabel, deviceType, path, at, ...by }: AlarmRow): ListedAlarm {
  const { id, deviceId, ...rest } = JSON.parse(json) as OnTheWire
  return {
    id,
    deviceId,
    ...rest,
    ...(deviceLabel === null ? {} : { device: { label: deviceLabel, type: deviceType ?? '', path: path ?? [] } }),
    ...(at === null ? {} : { acknowledgement: { at, ...seenBy(by) } }),
  }
}

function withoutIds(json: string): Omit<OnTheWire, 'id' | 'deviceId'> {
  const { id, deviceId, ...rest } = JSON.parse(json) as OnTheWire
  return rest
}
