export const families = ['inventory', 'alarms', 'sensors'] as const
export type Family = (typeof families)[number]

/** A change that a writer was acknowledged: which writer's, its place among his, and what a reader must come to see of it. */
export interface Written {
  writer: number
  place: number
  family: Family
  /** The label that no other change has, or had. */
  label: string
  /** `removed`: its last state is gone, so a reader may have met nothing but its removal. */
  removed: boolean
}

/** A reader's page: the offset that it asked with, the one that it got, and the changes in their order. */
export interface Page {
  family: Family
  asked: number
  offset: number
  resync: boolean
  changes: { id: string; label: string | null }[]
}

/** What a reader holds after its pages, and what is wrong with them. */
export interface Reading {
  faults: string[]
  seen: Set<string>
  held: Map<string, string>
}

/** Reads the pages of one family as a client does. Labels are `w<writer> p<place> …`: of one writer they come in their order. */
export function readPages(pages: readonly Page[]): Reading {
  const reading: Reading = { faults: [], seen: new Set(), held: new Map() }
  const places = new Map<string, number>()
  let kept = 0
  for (const { asked, offset, resync, changes } of pages) {
    if (asked !== kept) reading.faults.push(`asked with ${asked} after ${kept}`)
    if (offset < asked || (changes.length > 0 && offset === asked))
      reading.faults.push(`${changes.length} changes led from ${asked} to ${offset}`)
    if (resync) reading.faults.push(`told to list again at ${asked}`)
    kept = offset
    for (const { id, label } of changes) {
      if (label === null) {
        reading.held.delete(id)
        continue
      }
      const [, writer = '', place] = /^(w\d+) p(\d+)/.exec(label) ?? []
      const first = !reading.seen.has(label)
      if (first && Number(place) < (places.get(writer) ?? 0))
        reading.faults.push(`${label} came after place ${places.get(writer)}`)
      if (first) places.set(writer, Number(place))
      reading.seen.add(label)
      reading.held.set(id, label)
    }
  }
  return reading
}

/** The changes that a reader who read to the end does not have, and those that it still has though they are gone. */
export function missedBy(reading: Reading, written: readonly Written[], family: Family): string[] {
  const held = new Set(reading.held.values())
  return written
    .filter((one) => one.family === family)
    .filter((one) => (one.removed ? held.has(one.label) : !held.has(one.label)))
    .map((one) => `${one.label}${one.removed ? ', whose removal never came' : ''}`)
}
