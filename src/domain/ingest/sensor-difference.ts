import type { SensorReport, SensorsReport } from '../batch.ts'
import { type BadRecord, pointerTo } from '../batch-errors.ts'
import { determines, type Holder, type Holders, type OwnReference, type ReferenceChanges, type StoredSensor } from './stored.ts'
import { type SensorAttributes, sensorJson } from './wire.ts'

/** A sensor to write, with the JSON text that the API will send. */
export type ChangedSensor = StoredSensor

/** What a gateway's report on sensors may touch, read under the head row's lock (I5). */
export interface StoredSensors {
  /** Those that the gateway has names for, tombstones too, and all live ones of the devices that the report names. */
  sensors: readonly StoredSensor[]
  holders: Holders
  own: readonly OwnReference[]
  /** The gateway's live devices: its name for each, to the id. */
  devices: ReadonlyMap<string, string>
}

export interface SensorDifference {
  errors: BadRecord[]
  changed: ChangedSensor[]
  references: ReferenceChanges
}

/** What a gateway's report on sensors changes. `newId` gives an id that was never used. */
export function sensorDifference(
  stored: StoredSensors,
  gatewayId: string,
  report: SensorsReport,
  newId: () => string,
): SensorDifference {
  const errors = badSensors(stored, report)
  const references: ReferenceChanges = { put: [], drop: [] }
  if (errors.length > 0) return { errors, changed: [], references }

  const sensors = new Map(stored.sensors.map((sensor) => [sensor.id, sensor]))
  const own = new Map(stored.own.map(({ reference, objectId }) => [reference, objectId]))
  const named = new Set(report.sensors.map(({ ref }) => ref))
  const removed = new Set(report.removed)
  const leaving = [...own].filter(
    ([ref, id]) => sensors.get(id)?.removed === false && (report.full ? !named.has(ref) : removed.has(ref)),
  )
  const left = new Set(leaving.map(([ref]) => ref))
  const claimed = new Set([...own].filter(([ref]) => !left.has(ref)).map(([, id]) => id))
  const same = sameSensors(stored.sensors)
  const changed = new Map<string, ChangedSensor>()

  for (const sensor of report.sensors) {
    const deviceId = stored.devices.get(sensor.deviceRef) as string
    const former = sensors.get(own.get(sensor.ref) ?? '')
    const known = former?.removed === false ? former : (same(deviceId, sensor, (id) => !claimed.has(id)) ?? former)
    const id = known?.id ?? newId()
    if (own.get(sensor.ref) !== id) references.put.push({ reference: sensor.ref, objectId: id })
    own.set(sensor.ref, id)
    claimed.add(id)
    const counts = known === undefined || known.removed || determines(gatewayId, stored.holders.get(id) ?? [])
    if (!counts) continue
    const next = { id, deviceId, removed: false, json: sensorJson(id, deviceId, sensor) }
    if (known?.json !== next.json || known.removed) changed.set(id, next)
  }

  for (const [ref, id] of leaving) {
    if (claimed.has(id) || isHeldByOthers(stored.holders.get(id), gatewayId)) references.drop.push(ref)
    else changed.set(id, { ...(sensors.get(id) as StoredSensor), removed: true })
  }
  return { errors, changed: [...changed.values()], references }
}

export function isHeldByOthers(holders: readonly Holder[] | undefined, gatewayId: string): boolean {
  return holders?.some((holder) => holder.gatewayId !== gatewayId) ?? false
}

function badSensors(stored: StoredSensors, report: SensorsReport): BadRecord[] {
  const errors: BadRecord[] = []
  const places = new Map<string, string>()
  for (const [index, sensor] of report.sensors.entries()) {
    const place = pointerTo('sensors', 'sensors', index)
    const former = places.get(sensor.ref)
    if (former !== undefined) errors.push({ pointer: `${place}/ref`, detail: `is the ref of ${former} too: give each its own` })
    places.set(sensor.ref, place)
    if (!stored.devices.has(sensor.deviceRef)) {
      errors.push({
        pointer: `${place}/deviceRef`,
        detail: `there is no device "${sensor.deviceRef}": report it in this batch's inventory, or before`,
      })
    }
  }
  if (report.full && report.removed !== undefined) {
    errors.push({ pointer: '/sensors/removed', detail: 'has no place in a full report, which names all there is: leave it out' })
  }
  for (const [index, ref] of (report.removed ?? []).entries()) {
    const place = places.get(ref)
    if (place !== undefined)
      errors.push({ pointer: pointerTo('sensors', 'removed', index), detail: `is named by ${place} too: name it once` })
  }
  return errors
}

/** Finds a live sensor that another gateway reports of the same device: of the same label, type and unit. */
function sameSensors(stored: readonly StoredSensor[]) {
  const keyOf = (deviceId: string, { label, type, unit }: SensorAttributes) => JSON.stringify([deviceId, label, type, unit])
  const byKey = new Map<string, StoredSensor[]>()
  for (const sensor of stored) {
    if (sensor.removed) continue
    const key = keyOf(sensor.deviceId, JSON.parse(sensor.json))
    byKey.set(key, [...(byKey.get(key) ?? []), sensor])
  }
  return (deviceId: string, report: SensorReport, isOffered: (id: string) => boolean) =>
    byKey.get(keyOf(deviceId, report))?.find(({ id }) => isOffered(id))
}
