import { batchBounds } from '../batch.ts'
import type { DraftObject, InventoryDraft } from './inventory-draft.ts'

/**
 * Gives each part the location of its whole (contract, section 3). Answers the objects that stand too deep, or in a circle that
 * came about over two gateways, and what to do about each.
 */
export function placeDevices(draft: InventoryDraft): { id: string; detail: string }[] {
  const bad: { id: string; detail: string }[] = []
  const tops = new Map<string, { top: DraftObject; depth: number } | null>()

  /** The top of the tree that an object stands in, and how deep it stands; null in a circle. */
  function topOf(start: DraftObject): { top: DraftObject; depth: number } | null {
    const line: DraftObject[] = []
    let found = tops.get(start.id)
    for (let one = start; found === undefined; ) {
      line.push(one)
      const parent = one.parentId === null ? undefined : draft.objects.get(one.parentId)
      if (parent === undefined) found = { top: one, depth: 0 }
      else if (line.includes(parent)) found = null
      else {
        found = tops.get(parent.id)
        one = parent
      }
    }
    for (const one of line.reverse()) {
      found = found && { top: found.top, depth: found.depth + 1 }
      tops.set(one.id, found)
    }
    return found
  }

  for (const object of [...draft.live('Location'), ...draft.live('Device')]) {
    const found = topOf(object)
    if (found === null)
      bad.push({
        id: object.id,
        detail: 'leads back to itself, since another gateway reports it the other way round: correct one of the two',
      })
    else if (found.depth > batchBounds.depthMax) {
      bad.push({
        id: object.id,
        detail: `stands more than ${batchBounds.depthMax} deep: leave out some of what is between it and the top`,
      })
    } else if (object.kind === 'Device' && found.top.locationId !== object.locationId) {
      object.locationId = found.top.locationId
      draft.touch(object)
    }
  }
  return bad
}
