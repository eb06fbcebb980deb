import { batchBounds, type DeviceReport, type InventoryReport, type LocationReport } from '../batch.ts'
import { type BadRecord, pointerTo } from '../batch-errors.ts'
import { type Endings, leaveDevices, leaveLocations, leaveMoved } from './endings.ts'
import { sameFinder } from './find-same.ts'
import { type ChangedObject, type DraftObject, InventoryDraft, type Restated } from './inventory-draft.ts'
import { type InventoryShape, inventoryShape, type Named } from './inventory-shape.ts'
import { placeDevices } from './place-devices.ts'
import type { Holders, OwnReference, StoredObject } from './stored.ts'

/** Everything of an organization's inventory that a gateway's report may touch, read under the head rows' locks (I5). */
export interface StoredInventory {
  /** All live locations and devices, and the tombstones that the gateway has names for. */
  objects: readonly StoredObject[]
  /** Of all objects and gateways. */
  holders: Holders
  /** The gateway's own names. */
  locations: readonly OwnReference[]
  devices: readonly OwnReference[]
}

export interface InventoryDifference extends Endings {
  errors: BadRecord[]
  changed: ChangedObject[]
  /** What nobody who reads sees change: the gateway's word on what people set. */
  restated: Restated[]
  /** Devices that turned out to be others: what the gateway has at the one belongs to the other. */
  moved: Map<string, string>
}

/** What a gateway's inventory changes. `newId` gives an id that was never used. */
export function inventoryDifference(
  stored: StoredInventory,
  gatewayId: string,
  report: InventoryReport,
  newId: () => string,
): InventoryDifference {
  const draft = new InventoryDraft(gatewayId, stored.objects, stored.holders)
  const own = {
    locations: new Map(stored.locations.map((one) => [one.reference, one.objectId])),
    devices: new Map(stored.devices.map((one) => [one.reference, one.objectId])),
  }
  const leaving = leavingOf(draft, own, report)
  const shape = inventoryShape(report, {
    locations: knownTo(draft, own.locations, report.full, leaving.locations),
    devices: knownTo(draft, own.devices, report.full, leaving.devices),
  })
  const result: InventoryDifference = {
    errors: shape.errors,
    changed: [],
    restated: [],
    locations: { put: [], drop: [] },
    devices: { put: [], drop: [] },
    removedDevices: [],
    leftDevices: [],
    moved: new Map(),
  }
  if (shape.errors.length > 0) return result

  const same = sameFinder(draft)
  const claimed = new Set([...claimedBy(own.locations, leaving.locations), ...claimedBy(own.devices, leaving.devices)])
  const isOffered = (id: string) => !claimed.has(id)

  function name(family: 'locations' | 'devices', reference: string, object: DraftObject): void {
    const former = own[family].get(reference)
    if (former !== object.id) {
      if (former !== undefined) draft.release(former, reference)
      own[family].set(reference, object.id)
      result[family].put.push({ reference, objectId: object.id })
    }
    claimed.add(object.id)
    draft.hold(object.id, reference)
    draft.touch(object)
    object.removed = false
  }

  function takeLocation({ report: location }: Named<LocationReport>): void {
    const parentId = location.parentRef === undefined ? null : (own.locations.get(location.parentRef) as string)
    const former = draft.objects.get(own.locations.get(location.ref) ?? '')
    const object =
      (former?.removed === false ? former : same.place(parentId, location, isOffered)) ?? former ?? draft.add(newId(), 'Location')
    const wasRemoved = object.removed
    name('locations', location.ref, object)
    if (!wasRemoved && !draft.determines(object)) return
    object.attributes = location
    object.parentId = parentId
    same.note(object)
  }

  function deviceFor(device: DeviceReport, parentId: string | null): DraftObject {
    const former = draft.objects.get(own.devices.get(device.ref) ?? '')
    const formerSerial = former?.attributes.serialNumber
    if (former?.removed === false && (device.serialNumber === undefined || device.serialNumber === formerSerial)) return former
    const twin = same.bySerialNumber(device, (id) => isOffered(id) && id !== former?.id)
    if (former?.removed === false) {
      const isAnother = formerSerial !== undefined && draft.isHeldByOthers(former.id)
      const object = twin ?? (isAnother ? draft.add(newId(), 'Device') : former)
      if (object !== former) result.moved.set(former.id, object.id)
      return object
    }
    const part = twin === undefined && parentId !== null ? same.part(parentId, device, isOffered) : undefined
    return twin ?? part ?? former ?? draft.add(newId(), 'Device')
  }

  function takeDevice({ report: device }: Named<DeviceReport>): void {
    const parentId = device.parentRef === undefined ? null : (own.devices.get(device.parentRef) as string)
    const object = deviceFor(device, parentId)
    const wasRemoved = object.removed
    name('devices', device.ref, object)
    if (!wasRemoved && !draft.determines(object)) return
    object.attributes = device
    object.parentId = parentId
    object.locationId = device.locationRef === undefined ? null : (own.locations.get(device.locationRef) as string)
    same.note(object)
  }

  shape.locations.forEach(takeLocation)
  shape.devices.forEach(takeDevice)
  for (const [from, to] of result.moved) leaveMoved(draft, from, to, result)
  leaveDevices(draft, own.devices, leaving.devices, result)
  result.errors.push(...misplaced(draft, own, shape))
  if (result.errors.length > 0) return result
  leaveLocations(draft, own.locations, leaving.locations, result)
  result.changed = draft.changes()
  result.restated = draft.restated(result.changed)
  return result
}

/** Devices and locations in a circle or too deep, where they stand in the batch; without a place where only an unnamed part is. */
function misplaced(draft: InventoryDraft, own: Own, shape: InventoryShape): BadRecord[] {
  const pointers = new Map([
    ...shape.locations.map(({ report, path }) => [own.locations.get(report.ref), pointerTo(...path, 'parentRef')] as const),
    ...shape.devices.map(({ report, path }) => [own.devices.get(report.ref), pointerTo(...path, 'parentRef')] as const),
  ])
  const { bad } = placeDevices(draft)
  const named = bad.filter(({ id }) => pointers.has(id))
  return (named.length > 0 ? named : bad.slice(0, 1)).map(({ id, detail }) => ({
    pointer: pointers.get(id) ?? '/inventory',
    detail,
  }))
}

type Own = Record<'locations' | 'devices', ReadonlyMap<string, string>>
type Leaving = Record<'locations' | 'devices', ReadonlySet<string>>

/** The gateway's names that this report ends: all that a full one does not name, or those that it removes, with the parts of devices. */
function leavingOf(draft: InventoryDraft, own: Own, report: InventoryReport): Leaving {
  const named = {
    locations: new Set(report.locations.map(({ ref }) => ref)),
    devices: new Set(report.devices.map(({ ref }) => ref)),
  }
  const removed = new Set(report.removed)
  const ends = (family: 'locations' | 'devices') =>
    [...own[family]].filter(
      ([ref, id]) => draft.objects.get(id)?.removed === false && (report.full ? !named[family].has(ref) : removed.has(ref)),
    )
  const devices = ends('devices')
  const wholes = new Set(devices.map(([, id]) => id))
  const stays = new Set([...named.devices].map((ref) => own.devices.get(ref)))
  const isPart = (id: string, depth = 0): boolean => {
    const parentId = draft.objects.get(id)?.parentId
    if (parentId == null || stays.has(parentId) || depth > batchBounds.depthMax) return false
    return wholes.has(parentId) || isPart(parentId, depth + 1)
  }
  const parts = [...own.devices].filter(
    ([ref, id]) => !named.devices.has(ref) && draft.objects.get(id)?.removed === false && isPart(id),
  )
  return {
    locations: new Set(ends('locations').map(([ref]) => ref)),
    devices: new Set([...devices, ...parts].map(([ref]) => ref)),
  }
}

/** The names that a partial report may lean on. */
function knownTo(
  draft: InventoryDraft,
  own: ReadonlyMap<string, string>,
  full: boolean,
  leaving: ReadonlySet<string>,
): Set<string> {
  if (full) return new Set()
  return new Set(
    [...own].filter(([ref, id]) => !leaving.has(ref) && draft.objects.get(id)?.removed === false).map(([ref]) => ref),
  )
}

function claimedBy(own: ReadonlyMap<string, string>, leaving: ReadonlySet<string>): string[] {
  return [...own].filter(([ref]) => !leaving.has(ref)).map(([, id]) => id)
}
