import { type ChangedAlarm, clearedAt, movedTo } from './alarm-difference.ts'
import type { InventoryDifference } from './inventory-difference.ts'
import { type ChangedSensor, isHeldByOthers } from './sensor-difference.ts'
import type { Holders, StoredAlarm, StoredSensor } from './stored.ts'
import { sensorJson } from './wire.ts'

/** What hangs on the devices that an inventory took away from its gateway. */
export interface AtDevices {
  /** Live sensors, and alarms, at the devices that went, were left or moved. */
  sensors: readonly StoredSensor[]
  alarms: readonly StoredAlarm[]
  /** Of those sensors and alarms. */
  holders: Holders
}

export interface Departures {
  sensors: ChangedSensor[]
  alarms: ChangedAlarm[]
  /** Names of the gateway for sensors that stay with others. */
  dropSensors: string[]
}

/**
 * What follows for sensors and alarms when devices go: sensors of a device that is gone go too, its active alarms are cleared at
 * `now`. Of a device that stays with others, the gateway's own end. What the gateway has at a device that turned out to be
 * another goes over to that one.
 */
export function departures(
  from: AtDevices,
  inventory: Pick<InventoryDifference, 'removedDevices' | 'leftDevices' | 'moved'>,
  gatewayId: string,
  now: string,
): Departures {
  const gone = new Set(inventory.removedDevices)
  const left = new Set(inventory.leftDevices)
  const result: Departures = { sensors: [], alarms: [], dropSensors: [] }
  const own = (id: string) => (from.holders.get(id) ?? []).filter((holder) => holder.gatewayId === gatewayId)

  for (const sensor of from.sensors) {
    const names = own(sensor.id)
    const to = inventory.moved.get(sensor.deviceId)
    const isShared = isHeldByOthers(from.holders.get(sensor.id), gatewayId)
    if (to !== undefined && names.length > 0 && !isShared) {
      result.sensors.push({ ...sensor, deviceId: to, json: sensorJson(sensor.id, to, JSON.parse(sensor.json)) })
    } else if (gone.has(sensor.deviceId) || (left.has(sensor.deviceId) && names.length > 0 && !isShared)) {
      result.sensors.push({ ...sensor, removed: true })
    } else if (names.length > 0 && (left.has(sensor.deviceId) || to !== undefined)) {
      result.dropSensors.push(...names.map((holder) => holder.reference))
    }
  }
  for (const alarm of from.alarms) {
    const isOwn = own(alarm.id).length > 0
    const to = inventory.moved.get(alarm.deviceId)
    if (to !== undefined && isOwn) result.alarms.push(movedTo(alarm, to))
    else if (alarm.clearedTime === null && (gone.has(alarm.deviceId) || (left.has(alarm.deviceId) && isOwn))) {
      result.alarms.push(clearedAt(alarm, now))
    }
  }
  return result
}
