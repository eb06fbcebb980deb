import type { DraftObject, InventoryDraft } from './inventory-draft.ts'
import type { DeviceAttributes, LocationAttributes } from './wire.ts'

/** Finds what is known already under another name, or from another gateway. An object that the gateway names itself is not offered. */
export interface SameFinder {
  /** A device with this serial number, and the same maker and model where both say. */
  bySerialNumber(report: DeviceAttributes, isOffered: (id: string) => boolean): DraftObject | undefined
  /** A part without a serial number: of the same whole, with the same type and label. */
  part(parentId: string, report: DeviceAttributes, isOffered: (id: string) => boolean): DraftObject | undefined
  /** A location of the same type and label in the same place. */
  place(parentId: string | null, report: LocationAttributes, isOffered: (id: string) => boolean): DraftObject | undefined
  /** Something new, or changed, that later records of the batch may be the same as. */
  note(object: DraftObject): void
}

export function sameFinder(draft: InventoryDraft): SameFinder {
  const bySerial = new Map<string, DraftObject[]>()
  const byPlace = new Map<string, DraftObject[]>()

  function note(object: DraftObject): void {
    const { serialNumber } = object.attributes
    if (object.kind === 'Device' && serialNumber !== undefined) put(bySerial, serialNumber, object)
    else put(byPlace, placeKey(object.kind, object.parentId, object.attributes), object)
  }
  for (const object of draft.objects.values()) note(object)

  // What an object says may have changed since it was noted: it is asked again when it is found.
  const found = (
    candidates: readonly DraftObject[] | undefined,
    isOffered: (id: string) => boolean,
    isSame: (object: DraftObject) => boolean,
  ) => candidates?.find((object) => !object.removed && isOffered(object.id) && isSame(object))

  return {
    note,
    bySerialNumber: (report, isOffered) =>
      report.serialNumber === undefined
        ? undefined
        : found(bySerial.get(report.serialNumber), isOffered, ({ attributes }) => isSameModel(report, attributes)),
    part: (parentId, report, isOffered) =>
      report.serialNumber !== undefined
        ? undefined
        : found(byPlace.get(placeKey('Device', parentId, report)), isOffered, (one) => isAt(one, parentId, report)),
    place: (parentId, report, isOffered) =>
      found(byPlace.get(placeKey('Location', parentId, report)), isOffered, (one) => isAt(one, parentId, report)),
  }
}

function put(map: Map<string, DraftObject[]>, key: string, object: DraftObject): void {
  const there = map.get(key)
  if (there === undefined) map.set(key, [object])
  else if (!there.includes(object)) there.push(object)
}

function placeKey(kind: DraftObject['kind'], parentId: string | null, { type, label }: LocationAttributes): string {
  return JSON.stringify([kind, parentId, type, label])
}

function isAt(object: DraftObject, parentId: string | null, { type, label }: LocationAttributes): boolean {
  const { attributes } = object
  return (
    object.parentId === parentId &&
    attributes.serialNumber === undefined &&
    attributes.type === type &&
    attributes.label === label
  )
}

function isSameModel(report: DeviceAttributes, other: DeviceAttributes): boolean {
  return (
    report.serialNumber === other.serialNumber &&
    agrees(report.manufacturer, other.manufacturer) &&
    agrees(report.modelName, other.modelName)
  )
}

function agrees(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one.trim().toLowerCase() === other.trim().toLowerCase()
}
