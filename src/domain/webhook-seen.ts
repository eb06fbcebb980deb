/** A device, or an alarm that is not over, at the locations that a webhook asks for. */
export interface Seen {
  webhookId: string
  subjectId: string
  /** When what shows it there was accepted. */
  acceptedAt: string
}

/** What webhooks have seen at their locations, and what a look finds otherwise. */
export class SeenThere {
  readonly #there: Set<string>
  readonly #changed = new Map<string, { seen: Seen; isThere: boolean }>()

  constructor(known: readonly Pick<Seen, 'webhookId' | 'subjectId'>[]) {
    this.#there = new Set(known.map(keyOf))
  }

  has(webhookId: string, subjectId: string): boolean {
    return this.#there.has(keyOf({ webhookId, subjectId }))
  }

  note(seen: Seen, isThere: boolean): void {
    const key = keyOf(seen)
    if (this.#there.has(key) === isThere) return
    if (isThere) this.#there.add(key)
    else this.#there.delete(key)
    this.#changed.set(key, { seen, isThere })
  }

  /** What is there, and what is not any more, otherwise than was known. */
  changes(): { there: Seen[]; gone: Seen[] } {
    const { true: there = [], false: gone = [] } = Object.groupBy(this.#changed.values(), ({ isThere }) => `${isThere}`)
    return { there: there.map(({ seen }) => seen), gone: gone.map(({ seen }) => seen) }
  }
}

function keyOf({ webhookId, subjectId }: Pick<Seen, 'webhookId' | 'subjectId'>): string {
  return `${webhookId} ${subjectId}`
}
