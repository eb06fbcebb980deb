/** One reader's request, in milliseconds of one clock. `subjects` are what it needs to be valid: an organization, its kind of data, a key. */
export interface Read {
  startedAt: number
  endedAt: number
  subjects: readonly string[]
  operation: string
  server: number
  allowed: boolean
}

/**
 * A time for which a subject was withdrawn, as its customer knows it: from the answer to the withdrawal, to the moment before the
 * request that gave it back was sent. `begunAt` is the moment before the withdrawal was sent, `backAt` the answer to the giving back.
 */
export interface Absence {
  subject: string
  how: string
  begunAt: number
  from: number
  to: number
  backAt: number
}

export interface Findings {
  /** Requests that started after a subject of theirs was withdrawn, ended before it was given back, and were allowed (I2). */
  leaks: string[]
  /** Requests that ran while all their subjects were valid throughout, and were refused. */
  denials: string[]
  /** How many requests ran within an absence, and how many clear of all: a check that saw neither proves nothing. */
  within: number
  clear: number
}

/** Holds every request against every absence. */
export function examine(reads: readonly Read[], absences: readonly Absence[]): Findings {
  const bySubject = Map.groupBy(absences, (one) => one.subject)
  const found: Findings = { leaks: [], denials: [], within: 0, clear: 0 }
  for (const read of reads) {
    const own = read.subjects.flatMap((subject) => bySubject.get(subject) ?? [])
    // One that was under way when the right was given back may have been asked after that: it tells nothing.
    const within = own.find((one) => read.startedAt > one.from && read.endedAt < one.to)
    if (within) {
      found.within += 1
      if (read.allowed) {
        const late = (read.startedAt - within.from).toFixed(1)
        found.leaks.push(
          `${read.operation} at server ${read.server}, started ${late} ms after the answer to "${within.how}" of ${within.subject}`,
        )
      }
    } else if (!own.some((one) => read.endedAt > one.begunAt && read.startedAt < one.backAt)) {
      found.clear += 1
      if (!read.allowed) found.denials.push(`${read.operation} at server ${read.server} of ${read.subjects.join(' ')}`)
    }
  }
  return found
}
