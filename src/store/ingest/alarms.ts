import sql from 'sql-template-tag'
import type { AlarmReport } from '../../domain/batch.ts'
import { BatchRefused } from '../../domain/batch-errors.ts'
import { alarmDifference, type ChangedAlarm } from '../../domain/ingest/alarm-difference.ts'
import type { StoredAlarm } from '../../domain/ingest/stored.ts'
import type { Db } from '../database.ts'
import type { Heads } from './heads.ts'
import { liveDevices, writeReferences } from './references.ts'
import type { Sender } from './sender.ts'

/** Stores the states of a gateway's alarms. Throws a BatchRefused where there is a bad record among them. */
export async function storeAlarms(
  tx: Db,
  sender: Sender,
  heads: Heads,
  reports: readonly AlarmReport[],
  newId: () => string,
): Promise<void> {
  const devices = await liveDevices(tx, sender.id, [...new Set(reports.map(({ deviceRef }) => deviceRef))])
  const stored = await tx.rows<StoredAlarm & { reference: string }>(sql`
    select r.reference, a.id, a.device_id as "deviceId", a.activated_at as "activatedTime", a.cleared_at as "clearedTime", a.reactivations, a.json
      from gateway_reference r
      join alarm a on a.organization_id = r.organization_id and a.id = r.object_id
     where r.gateway_id = ${sender.id} and r.family = 'alarm' and r.reference = any (${reports.map(({ ref }) => ref)}::text[])`)
  const difference = alarmDifference(
    new Map(stored.map(({ reference, ...alarm }) => [reference, alarm])),
    devices,
    reports,
    newId,
  )
  if (difference.errors.length > 0) throw new BatchRefused(difference.errors)
  await writeAlarms(tx, sender.organizationId, heads, difference.changed)
  await writeReferences(tx, sender.organizationId, sender.id, 'alarm', { put: difference.put, drop: [] })
}

/** Writes alarms, and their new states into their histories. */
export async function writeAlarms(tx: Db, organizationId: string, heads: Heads, changed: readonly ChangedAlarm[]): Promise<void> {
  if (changed.length === 0) return
  const rows = changed.map((alarm) => ({ ...alarm, offset: heads.next('alarms') }))
  await tx.rows(sql`
    with written as (
    insert into alarm (organization_id, id, device_id, severity, activated_at, cleared_at, reactivations, changed_offset, changed_at, json,
                       activated_offset, cleared_offset)
    select ${organizationId}, x.id, x."deviceId", x.severity, x."activatedTime", x."clearedTime", x.reactivations, x."offset",
           ${heads.now}::timestamptz, x.json, x."offset", case when x."clearedTime" is not null then x."offset" end
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as x(id text, "deviceId" text, severity text, "activatedTime" timestamptz, "clearedTime" timestamptz, reactivations integer,
             "offset" bigint, json text)
    on conflict (organization_id, id) do update
       set device_id = excluded.device_id, severity = excluded.severity, activated_at = excluded.activated_at,
           cleared_at = excluded.cleared_at, reactivations = excluded.reactivations, changed_offset = excluded.changed_offset,
           changed_at = excluded.changed_at, json = excluded.json,
           activated_offset = case when excluded.reactivations > alarm.reactivations then excluded.changed_offset else alarm.activated_offset end,
           cleared_offset = case when excluded.cleared_at is not distinct from alarm.cleared_at then alarm.cleared_offset
                                 when excluded.cleared_at is not null then excluded.changed_offset end
    returning id, changed_offset, changed_at, json)
    insert into alarm_version (organization_id, alarm_id, changed_offset, changed_at, json)
    select ${organizationId}, w.id, w.changed_offset, w.changed_at, w.json from written w`)
}
