import type { DraftObject, InventoryDraft } from './inventory-draft.ts'
import { changedSet, type PeopleChange } from './people-set.ts'
import { placeDevices } from './place-devices.ts'

/** Why a change by people cannot be. */
export type ChangeRefusal =
  | 'device-not-found'
  | 'location-not-found'
  | 'location-not-empty'
  | 'location-reported'
  | 'location-misplaced'

/** A change by people, on an inventory as it is. Answers why it cannot be; null where it was made. */
export type InventoryChange = (draft: InventoryDraft) => ChangeRefusal | null

export interface NewLocation {
  type: string
  label: string
  /** Null: at the top. */
  parentId: string | null
  address?: string | undefined
}

/** A location of people's own: no gateway changes or ends it. */
export function addLocation(id: string, { type, label, parentId, address }: NewLocation): InventoryChange {
  return placing((draft) => {
    if (parentId !== null && !isLive(draft, 'Location', parentId)) return 'location-not-found'
    const location = draft.add(id, 'Location')
    location.madeBy = 'person'
    location.parentId = parentId
    location.attributes = { type, label, ...(address === undefined ? {} : { address }) }
    draft.touch(location)
    return null
  })
}

/** Changes people's own location; of one that a gateway reports, what people may set about it. */
export function changeLocation(id: string, change: Pick<PeopleChange, 'label' | 'parentId' | 'address'>): InventoryChange {
  return placing((draft) => {
    const location = isLive(draft, 'Location', id)
    if (!location) return 'location-not-found'
    if (isGone(draft, change.parentId)) return 'location-not-found'
    draft.touch(location)
    if (location.madeBy === 'gateway') {
      location.set = changedSet(location.set, change)
      return null
    }
    if (change.parentId !== undefined) location.parentId = given(change.parentId) ?? null
    // There is no other word on it: what is taken back is none, but for the name.
    const { type, label, address } = location.attributes
    const nextAddress = change.address === undefined ? address : given(change.address) || undefined
    location.attributes = {
      type,
      label: given(change.label) ?? label,
      ...(nextAddress === undefined ? {} : { address: nextAddress }),
    }
    return null
  })
}

/** Sets what people may set about a device. */
export function changeDevice(id: string, change: Omit<PeopleChange, 'parentId' | 'address'>): InventoryChange {
  return placing((draft) => {
    const device = isLive(draft, 'Device', id)
    if (!device) return 'device-not-found'
    if (isGone(draft, change.locationId)) return 'location-not-found'
    if (change.locationId !== undefined && device.parentId !== null) return 'location-misplaced'
    draft.touch(device)
    device.set = changedSet(device.set, change)
    return null
  })
}

/** Removes a location in which nothing is, and which no gateway would bring back. */
export function removeLocation(id: string): InventoryChange {
  return (draft) => {
    const location = isLive(draft, 'Location', id)
    if (!location) return 'location-not-found'
    const isIn = ({ at }: DraftObject) => at.parentId === id || at.locationId === id
    if (draft.live('Device').some(isIn) || draft.live('Location').some(isIn)) return 'location-not-empty'
    if (draft.holdersOf(id).some(({ gone }) => !gone)) return 'location-reported'
    location.removed = true
    draft.touch(location)
    return null
  }
}

/** Makes a change, and refuses it where it cannot stand so, or would undo where people put something else. */
function placing(change: InventoryChange): InventoryChange {
  return (draft) => {
    const before = placeDevices(draft).passedOver
    const refused = change(draft)
    if (refused !== null) return refused
    const { bad, passedOver } = placeDevices(draft)
    return bad.length > 0 || [...passedOver].some((id) => !before.has(id)) ? 'location-misplaced' : null
  }
}

function isLive(draft: InventoryDraft, kind: DraftObject['kind'], id: string): DraftObject | undefined {
  const found = draft.objects.get(id)
  return found?.kind === kind && !found.removed ? found : undefined
}

/** What is set; undefined where it is taken back. */
function given<Value>(value: Value | 'as reported'): Value | undefined {
  return value === 'as reported' ? undefined : value
}

function isGone(draft: InventoryDraft, given: string | null | undefined): boolean {
  return given != null && given !== 'as reported' && !isLive(draft, 'Location', given)
}
