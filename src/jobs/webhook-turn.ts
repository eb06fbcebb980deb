import type { DueDelivery } from '../store/webhook-deliveries.ts'
import type { Settlement } from '../store/webhook-settling.ts'

/** A turn of a webhook's attempts takes no longer; what goes on is slow. */
export const turnMs = 1_000
/** After it, no attempt of a turn is begun: coverage would have to be asked for each anew. */
const beginWithinMs = 750

/** An attempt that was begun and is not written down yet: until then it has its lane to itself. */
export interface Begun {
  lane: string
  over: Promise<void>
  /** Once it has ended. */
  settlement?: Settlement
}

/** What is due to a webhook, as it was asked for `askedAt` (by performance.now()), and how much of it is sent at once. */
export interface Turn {
  due: readonly DueDelivery[]
  askedAt: number
  atOnceMax: number
  begin(delivery: DueDelivery): Begun
  /** Nothing more is begun. */
  isEnding(): boolean
}

/**
 * Sends what is due, of each lane one after the other. Once an attempt has failed, or time is short, none is begun any more: what was not is due the next
 * time. Until all that were begun are over, or a second has passed.
 */
export async function takeTurn({ due, askedAt, atOnceMax, begin, isEnding }: Turn): Promise<void> {
  const lanes = Map.groupBy(due, ({ lane }) => lane).values()
  let hasFailed = false
  const mayBegin = () => !hasFailed && !isEnding() && performance.now() - askedAt < beginWithinMs
  const sendLanes = async () => {
    // Where asking took its time, each attempt asks for itself: some are made all the same.
    let isFirst = true
    for (const lane of lanes) {
      for (const delivery of lane.toSorted((one, other) => one.ordinal - other.ordinal)) {
        if (!isFirst && !mayBegin()) return
        isFirst = false
        const begun = begin(delivery)
        await begun.over
        hasFailed ||= begun.settlement?.state !== 'delivered' && begun.settlement?.state !== 'withheld'
      }
    }
  }
  await withinATurn(Array.from({ length: atOnceMax }, sendLanes))
}

async function withinATurn(sending: readonly Promise<void>[]): Promise<void> {
  const over = Promise.withResolvers<void>()
  const late = setTimeout(over.resolve, turnMs)
  await Promise.race([Promise.all(sending), over.promise]).finally(() => clearTimeout(late))
}
