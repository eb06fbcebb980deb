const keptMax = 10_000
const countAgainAfterMs = 60_000

/**
 * Keys that were good lately, and how many customers their company covered then. For the limits' arithmetic alone: no access
 * rests on it.
 */
export class SeenKeys {
  readonly #seen = new Map<string, { customers: number; countedAt: number }>()

  has(keyId: string): boolean {
    return this.#seen.has(keyId)
  }

  /** Whether the key's customers should be counted anew. Says so once: requests meanwhile go by the former number. */
  countDue(keyId: string, now: Date): boolean {
    const seen = this.#seen.get(keyId)
    if (seen === undefined) return true
    if (now.getTime() - seen.countedAt <= countAgainAfterMs) return false
    seen.countedAt = now.getTime()
    return true
  }

  /** Notes a good key; `counted` is null where this question did not count. Returns the number to reckon with. */
  note(keyId: string, counted: number | null, now: Date): number {
    const seen = this.#seen.get(keyId)
    if (counted === null && seen !== undefined) return seen.customers
    const customers = counted ?? 0
    this.#seen.delete(keyId)
    this.#seen.set(keyId, { customers, countedAt: now.getTime() })
    const [oldest] = this.#seen.keys()
    if (this.#seen.size > keptMax && oldest !== undefined) this.#seen.delete(oldest)
    return customers
  }
}
