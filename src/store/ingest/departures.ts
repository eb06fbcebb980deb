import sql from 'sql-template-tag'
import { departures } from '../../domain/ingest/departures.ts'
import type { InventoryDifference } from '../../domain/ingest/inventory-difference.ts'
import type { StoredAlarm, StoredSensor } from '../../domain/ingest/stored.ts'
import type { Db } from '../database.ts'
import { writeAlarms } from './alarms.ts'
import type { Heads } from './heads.ts'
import { referencesTo, writeReferences } from './references.ts'
import type { Sender } from './sender.ts'
import { writeSensors } from './sensors.ts'

/** Ends or moves the sensors and alarms of the devices that an inventory took away from its gateway. */
export async function storeDepartures(tx: Db, sender: Sender, heads: Heads, inventory: InventoryDifference): Promise<void> {
  const { organizationId, id: gatewayId } = sender
  const deviceIds = [...inventory.removedDevices, ...inventory.leftDevices, ...inventory.moved.keys()]
  if (deviceIds.length === 0) return
  const sensors = await tx.rows<StoredSensor>(sql`
    select id, device_id as "deviceId", false as removed, json
      from sensor
     where organization_id = ${organizationId} and device_id = any (${deviceIds}::text[]) and removed_at is null`)
  const alarms = await tx.rows<StoredAlarm>(sql`
    select id, device_id as "deviceId", activated_at as "activatedTime", cleared_at as "clearedTime", reactivations, json
      from alarm
     where organization_id = ${organizationId} and device_id = any (${deviceIds}::text[])
       and (cleared_at is null or device_id = any (${[...inventory.moved.keys()]}::text[]))`)
  const { holders } = await referencesTo(
    tx,
    organizationId,
    gatewayId,
    [...sensors, ...alarms].map(({ id }) => id),
  )
  const result = departures({ sensors, alarms, holders }, inventory, gatewayId, heads.now)
  await writeSensors(tx, organizationId, heads, result.sensors)
  await writeAlarms(tx, organizationId, heads, result.alarms)
  await writeReferences(tx, organizationId, gatewayId, 'sensor', { put: [], drop: result.dropSensors })
}
