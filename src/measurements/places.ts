/** Streams of one key at once, whatever it covers; beside them two for each customer that its company covers: one live, one replay. */
export const streamsPerKey = 10
export const streamsPerCustomer = 2
/** Simulated streams of one key at once, among these. */
export const simulatedPerKey = 2
/** Streams of this process. */
export const streamsMax = 10_000

/** How many streams a caller whose company covers so many customers may have open. */
export function streamsOf(customers: number): number {
  return Math.max(streamsPerKey, streamsPerCustomer * customers)
}

/** How long whoever finds no place had better wait, in seconds. */
export const tryAgainAfterSeconds = 10

export type StreamKind = 'live' | 'simulated' | 'replay'

/** A stream's place: given back when it is over, as often as you like. */
export interface Place {
  leave(): void
}

/** How many streams are open, by caller. In memory of one process: with several on one PostgreSQL each allows as many. */
export class Places {
  readonly #open = new Map<string, { all: number; simulated: number }>()
  #all = 0

  get all(): number {
    return this.#all
  }

  /** Takes a place for a caller whose company covers so many customers. Which bound was reached, where there is none. */
  take(caller: string, kind: StreamKind, customers: number): Place | 'caller' | 'process' {
    const open = this.#open.get(caller) ?? { all: 0, simulated: 0 }
    const simulated = kind === 'simulated' ? 1 : 0
    if (open.all >= streamsOf(customers)) return 'caller'
    if (open.simulated + simulated > simulatedPerKey) return 'caller'
    if (this.#all >= streamsMax) return 'process'
    open.all += 1
    open.simulated += simulated
    this.#all += 1
    this.#open.set(caller, open)
    let left = false
    return {
      leave: () => {
        if (left) return
        left = true
        open.all -= 1
        open.simulated -= simulated
        this.#all -= 1
        if (open.all === 0) this.#open.delete(caller)
      },
    }
  }
}
