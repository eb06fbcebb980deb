import { batchBounds } from '../batch.ts'
import type { DraftObject, InventoryDraft, Place } from './inventory-draft.ts'

/**
 * Says where everything stands: by what people set, else by the gateway's word; a part where its whole is (contract, section 3). Where what people
 * set would lead a location back to itself or too deep, as the gateways' word may have changed since, that word counts, or for a location that people
 * made none, so that it stands at the top; the location is `passedOver`. `bad` are the objects that stand too deep all the same, or in a circle that came about over two gateways, and what to do about each.
 */
export function placeDevices(draft: InventoryDraft): { bad: { id: string; detail: string }[]; passedOver: Set<string> } {
  const live = [...draft.live('Location'), ...draft.live('Device')]
  const passedOver = new Set<DraftObject>()
  for (;;) {
    const { tops, bad } = placed(draft, live, passedOver)
    const lines = bad.flatMap(({ object }) => lineOf(draft, object, passedOver))
    const set = lines.filter((one) => isMoved(one) && !passedOver.has(one))
    for (const one of set) passedOver.add(one)
    if (set.length > 0) continue

    for (const object of live) put(draft, object, tops.get(object)?.top, passedOver)
    return {
      bad: bad.map(({ object, detail }) => ({ id: object.id, detail })),
      passedOver: new Set([...passedOver].map(({ id }) => id)),
    }
  }
}

const isMoved = ({ kind, madeBy, parentId, set }: DraftObject) =>
  kind === 'Location' && (set.parentId !== undefined || (madeBy === 'person' && parentId !== null))

interface Standing {
  top: DraftObject
  depth: number
}

/** The top of each tree, and what cannot stand where it is. */
function placed(draft: InventoryDraft, live: readonly DraftObject[], passedOver: ReadonlySet<DraftObject>) {
  const tops = new Map<DraftObject, Standing | null>()
  const bad: { object: DraftObject; detail: string }[] = []

  /** The top of the tree that an object stands in, and how deep it stands; null in a circle. */
  function topOf(start: DraftObject): Standing | null {
    const line: DraftObject[] = []
    let found = tops.get(start)
    for (let one = start; found === undefined; ) {
      line.push(one)
      const parent = parentOf(draft, one, passedOver)
      if (parent === undefined) found = { top: one, depth: 0 }
      else if (line.includes(parent)) found = null
      else {
        found = tops.get(parent)
        one = parent
      }
    }
    for (const one of line.reverse()) {
      found = found && { top: found.top, depth: found.depth + 1 }
      tops.set(one, found)
    }
    return found
  }

  for (const object of live) {
    const found = topOf(object)
    if (found === null)
      bad.push({
        object,
        detail: 'leads back to itself, since another gateway reports it the other way round: correct one of the two',
      })
    else if (found.depth > batchBounds.depthMax) {
      bad.push({
        object,
        detail: `stands more than ${batchBounds.depthMax} deep: leave out some of what is between it and the top`,
      })
    }
  }
  return { tops, bad }
}

/** What a location lies in, or a device is a part of. */
function parentOf(draft: InventoryDraft, object: DraftObject, passedOver: ReadonlySet<DraftObject>): DraftObject | undefined {
  const { kind, madeBy, parentId, set } = object
  if (kind === 'Device') return draft.objects.get(parentId ?? '')
  if (madeBy === 'person' && passedOver.has(object)) return undefined
  if (set.parentId === undefined || passedOver.has(object)) return present(draft, parentId)
  return set.parentId === null ? undefined : (present(draft, set.parentId) ?? present(draft, parentId))
}

function lineOf(draft: InventoryDraft, start: DraftObject, passedOver: ReadonlySet<DraftObject>): DraftObject[] {
  const line = new Set<DraftObject>()
  for (let one: DraftObject | undefined = start; one && !line.has(one); one = parentOf(draft, one, passedOver)) line.add(one)
  return [...line]
}

function put(
  draft: InventoryDraft,
  object: DraftObject,
  top: DraftObject | undefined,
  passedOver: ReadonlySet<DraftObject>,
): void {
  if (top === undefined) return
  if (object.kind === 'Device') object.locationId = top.locationId
  const at =
    object.kind === 'Device'
      ? { parentId: object.parentId, locationId: locationOf(draft, top) }
      : { parentId: parentOf(draft, object, passedOver)?.id ?? null, locationId: null }
  if (isSame(object.at, at)) return
  object.at = at
  draft.touch(object)
}

/** Where a device stands that is no part: a location that is there no longer is none. */
function locationOf(draft: InventoryDraft, { locationId, set }: DraftObject): string | null {
  if (set.locationId === null) return null
  return (present(draft, set.locationId ?? null) ?? present(draft, locationId))?.id ?? null
}

function present(draft: InventoryDraft, id: string | null): DraftObject | undefined {
  const found = draft.objects.get(id ?? '')
  return found?.removed === false ? found : undefined
}

function isSame(one: Place, other: Place): boolean {
  return one.parentId === other.parentId && one.locationId === other.locationId
}
