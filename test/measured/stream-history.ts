/** A stream as its reader knows it, in milliseconds of one clock. `subjects` are what it needs to be valid: an organization, a key. */
export interface StreamRead {
  organization: string
  subjects: readonly string[]
  server: number
  /** Before its request was sent; when its head had come; when it ended, properly or not. */
  askedAt: number
  answeredAt: number
  endedAt: number
  /** Whether its end was a proper one. */
  isWhole: boolean
  /** The measurements that it carried, in their order: each has a number of its own. */
  values: readonly number[]
}

/**
 * A time for which a subject was withdrawn, as whoever withdrew it knows it. `begunAt` is the moment before the withdrawal was sent, `from` its answer (of
 * one that the clock brought: that moment); `backAt` is the answer to the giving back.
 */
export interface Ending {
  subject: string
  how: string
  begunAt: number
  from: number
  backAt: number
}

/** What was measured: when each value was sent, and the log's own order of an organization's. */
export interface Written {
  sentAt: ReadonlyMap<number, number>
  order: ReadonlyMap<string, readonly number[]>
}

export interface StreamFindings {
  /** Measurements that were sent after an ending's answer, and reached a stream that was open before it began (I3). */
  leaks: string[]
  /** Streams whose measurements are no unbroken run of the log. */
  holes: string[]
  /** Streams that did not end properly. */
  cut: string[]
  /** From each ending to the end of each stream that was open under it, in ms, in rising order. */
  endDelays: number[]
  /** Streams that an ending ended: a check that saw none proves nothing. */
  ended: number
}

/** Holds every stream against every ending, and against the log. */
export function examineStreams(
  reads: readonly StreamRead[],
  endings: readonly Ending[],
  { sentAt, order }: Written,
): StreamFindings {
  const bySubject = Map.groupBy(endings, (one) => one.subject)
  const places = new Map(
    [...order].map(([organization, values]) => [organization, new Map(values.map((value, place) => [value, place]))]),
  )
  const found: StreamFindings = { leaks: [], holes: [], cut: [], endDelays: [], ended: 0 }
  for (const read of reads) {
    if (!read.isWhole) found.cut.push(`a stream of ${read.organization} at server ${read.server}`)
    const hole = holeIn(read.values, places.get(read.organization) ?? new Map())
    if (hole !== null) found.holes.push(`a stream of ${read.organization} at server ${read.server}: ${hole}`)
    const own = read.subjects.flatMap((subject) => bySubject.get(subject) ?? [])
    // Of those that it was open under, the first ended it. One that was being opened meanwhile may be of either right: it tells nothing.
    const [first] = own
      .filter((one) => read.answeredAt < one.begunAt && read.endedAt > one.begunAt)
      .sort((a, b) => a.from - b.from)
    if (first === undefined) continue
    found.ended += 1
    found.endDelays.push(Math.max(0, read.endedAt - first.from))
    const leaked = read.values.filter((value) => (sentAt.get(value) ?? 0) > first.from)
    if (leaked.length > 0) {
      const late = ((sentAt.get(leaked[0] as number) as number) - first.from).toFixed(1)
      found.leaks.push(
        `${leaked.length} at server ${read.server}, sent from ${late} ms after "${first.how}" of ${first.subject} on`,
      )
    }
  }
  found.endDelays.sort((one, other) => one - other)
  return found
}

function holeIn(values: readonly number[], places: ReadonlyMap<number, number>): string | null {
  for (let at = 1; at < values.length; at += 1) {
    const [one, next] = [places.get(values[at - 1] as number), places.get(values[at] as number)]
    if (one === undefined || next === undefined) return 'a measurement that is not in the log'
    if (next !== one + 1) return `${next - one - 1} of the log are missing after ${values[at - 1]}`
  }
  return null
}

/** The value below which so many of a rising list are: 0.99 for the 99th percentile. */
export function percentile(rising: readonly number[], share: number): number {
  return rising[Math.min(rising.length - 1, Math.ceil(rising.length * share) - 1)] ?? Number.NaN
}
