import type { DraftObject, InventoryDraft } from './inventory-draft.ts'
import type { ReferenceChanges } from './stored.ts'

/** What of an inventory ends with a gateway's report. */
export interface Endings {
  locations: ReferenceChanges
  devices: ReferenceChanges
  /** Devices that are gone, and those that stay but are no longer this gateway's: its sensors and alarms there end. */
  removedDevices: string[]
  leftDevices: string[]
}

/** The device `from` turned out to be `to`. It goes, with its parts over to `to`, unless others have it too. */
export function leaveMoved(draft: InventoryDraft, from: string, to: string, result: Endings): void {
  const former = draft.objects.get(from) as DraftObject
  if (draft.isHeld(from) || former.madeBy !== 'gateway') {
    draft.touch(former)
    return
  }
  for (const part of draft.live('Device')) {
    if (part.parentId !== from) continue
    part.parentId = to
    draft.touch(part)
  }
  former.removed = true
  draft.touch(former)
  result.removedDevices.push(from)
}

/** Ends names of devices. A device that nobody has a name for any more is gone; its name stays with it, should it come back. */
export function leaveDevices(
  draft: InventoryDraft,
  own: ReadonlyMap<string, string>,
  leaving: ReadonlySet<string>,
  result: Endings,
): void {
  const left = [...leaving].map((ref) => ({ ref, device: draft.objects.get(own.get(ref) as string) as DraftObject }))
  for (const { ref, device } of left) draft.release(device.id, ref)
  const gone = new Set<string>()
  for (const { ref, device } of left) {
    draft.touch(device)
    const isOwnStill = draft.holdersOf(device.id).some((holder) => holder.gatewayId === draft.gatewayId)
    if (draft.isHeld(device.id) || device.madeBy !== 'gateway') {
      result.devices.drop.push(ref)
      if (!isOwnStill) result.leftDevices.push(device.id)
    } else {
      gone.add(device.id)
      device.removed = true
    }
  }
  result.removedDevices.push(...gone)
  // A part that another gateway or a person has too stays, and stands on its own.
  for (const part of draft.live('Device')) {
    if (part.parentId === null || !gone.has(part.parentId)) continue
    part.parentId = null
    draft.touch(part)
  }
}

/** Ends names of locations. A location goes when nobody has a name for it and nothing remains in it, be it later. */
export function leaveLocations(
  draft: InventoryDraft,
  own: ReadonlyMap<string, string>,
  leaving: ReadonlySet<string>,
  result: Endings,
): void {
  for (const ref of leaving) draft.release(own.get(ref) as string, ref)
  const contents = new Map<string, number>()
  const count = (id: string | null, by: number) => id !== null && contents.set(id, (contents.get(id) ?? 0) + by)
  for (const { at } of draft.live('Device')) count(at.locationId, 1)
  for (const { at } of draft.live('Location')) count(at.parentId, 1)
  const isEmpty = (one: DraftObject) =>
    one.madeBy === 'gateway' && !one.removed && !draft.isHeld(one.id) && (contents.get(one.id) ?? 0) === 0
  for (const start of draft.live('Location')) {
    for (let one: DraftObject | undefined = start; one && isEmpty(one); one = draft.objects.get(one.at.parentId ?? '')) {
      one.removed = true
      draft.touch(one)
      count(one.at.parentId, -1)
    }
  }
  for (const ref of leaving) {
    const id = own.get(ref) as string
    if (draft.objects.get(id)?.removed === false) result.locations.drop.push(ref)
  }
}
