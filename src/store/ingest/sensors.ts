import sql from 'sql-template-tag'
import type { SensorsReport } from '../../domain/batch.ts'
import { BatchRefused } from '../../domain/batch-errors.ts'
import { type ChangedSensor, sensorDifference } from '../../domain/ingest/sensor-difference.ts'
import type { StoredSensor } from '../../domain/ingest/stored.ts'
import { nextSensorId, type SensorSeries } from '../../domain/sensor-ids.ts'
import type { Db } from '../database.ts'
import type { Heads } from './heads.ts'
import { liveDevices, referencesTo, writeReferences } from './references.ts'
import type { Sender } from './sender.ts'

/** Stores a gateway's report on sensors. Throws a BatchRefused where it holds a bad record. */
export async function storeSensors(tx: Db, sender: Sender, heads: Heads, report: SensorsReport): Promise<void> {
  const { organizationId, id: gatewayId } = sender
  const devices = await liveDevices(tx, gatewayId)
  const named = [...new Set(report.sensors.map(({ deviceRef }) => devices.get(deviceRef)))].filter((id) => id !== undefined)
  const sensors = await tx.rows<StoredSensor>(sql`
    select s.id, s.device_id as "deviceId", s.removed_at is not null as removed, s.json
      from sensor s
     where s.organization_id = ${organizationId}
       and (s.removed_at is null and s.device_id = any (${named}::text[])
            or s.id in (select r.object_id from gateway_reference r where r.gateway_id = ${gatewayId} and r.family = 'sensor'))`)
  const { holders, own } = await referencesTo(
    tx,
    organizationId,
    gatewayId,
    sensors.map(({ id }) => id),
  )
  const series = await sensorSeries(tx, organizationId)
  const { count } = series
  const difference = sensorDifference({ sensors, holders, own: own.sensor, devices }, gatewayId, report, () =>
    nextSensorId(series),
  )
  if (difference.errors.length > 0) throw new BatchRefused(difference.errors)
  if (series.count > count)
    await tx.rows(sql`update measurement_log set sensors = ${series.count} where organization_id = ${organizationId}`)
  await writeSensors(tx, organizationId, heads, difference.changed)
  await writeReferences(tx, organizationId, gatewayId, 'sensor', difference.references)
}

/** What sensor ids are made of. The lock of the head of sensors is held. */
async function sensorSeries(tx: Db, organizationId: string): Promise<SensorSeries> {
  const [series] = await tx.rows<SensorSeries>(sql`
    select code, sensors as "count" from measurement_log where organization_id = ${organizationId}`)
  return series as SensorSeries
}

export async function writeSensors(
  tx: Db,
  organizationId: string,
  heads: Heads,
  changed: readonly ChangedSensor[],
): Promise<void> {
  if (changed.length === 0) return
  const rows = changed.map((sensor) => ({ ...sensor, offset: heads.next('sensors') }))
  await tx.rows(sql`
    insert into sensor (organization_id, id, device_id, changed_offset, changed_at, removed_at, json)
    select ${organizationId}, x.id, x."deviceId", x."offset", ${heads.now}::timestamptz,
           case when x.removed then ${heads.now}::timestamptz end, x.json
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as x(id text, "deviceId" text, "offset" bigint, removed boolean, json text)
    on conflict (organization_id, id) do update
       set device_id = excluded.device_id, changed_offset = excluded.changed_offset, changed_at = excluded.changed_at,
           removed_at = excluded.removed_at, json = excluded.json`)
}
