/** When a request must end: once it took too long, or whoever asked has no use for it any more. A timer and a listener, which `clear` takes away. */
export class Ending<Reason> {
  /** Why it must; undefined: it need not. */
  reason: Reason | undefined
  readonly #heard = new Set<(reason: Reason) => void>()
  readonly #late: NodeJS.Timeout
  readonly #given: AbortSignal | undefined
  readonly #abort: () => void

  /** `late` after `withinMs`, `aborted` with the signal: the reasons. */
  constructor(withinMs: number, late: () => Reason, given: AbortSignal | undefined, aborted: () => Reason) {
    this.#late = setTimeout(() => this.#end(late()), withinMs)
    this.#given = given
    this.#abort = () => this.#end(aborted())
    if (given?.aborted) this.#abort()
    else given?.addEventListener('abort', this.#abort, { once: true })
  }

  /** Calls `end` when it must, or at once where it must already. Returns what takes that back. */
  once(end: (reason: Reason) => void): () => void {
    if (this.reason !== undefined) end(this.reason)
    else this.#heard.add(end)
    return () => this.#heard.delete(end)
  }

  clear(): void {
    clearTimeout(this.#late)
    this.#given?.removeEventListener('abort', this.#abort)
  }

  #end(reason: Reason): void {
    if (this.reason !== undefined) return
    this.reason = reason
    for (const end of this.#heard) end(reason)
  }
}
