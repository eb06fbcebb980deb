import { setTimeout as wait } from 'node:timers/promises'
import type { Lane, Parcel } from './lanes.ts'
import type { Log } from './log.ts'
import type { Outcome } from './send.ts'

const pauses = {
  /** The first pause after a failure; each further one is twice as long, up to the most. */
  firstMs: 1000,
  mostMs: 60_000,
  /** While a person has to act. */
  misconfiguredMs: 60_000,
  /** However long the server asks to wait. */
  askedMsMax: 3_600_000,
}

/** Sends what waits in its lanes, one request at a time over all of them. */
export interface Sender {
  /** There is something new in a queue. */
  wake(): void
  /** Ends when the batch under way has its answer or was given up; what is not sent stays in its queue. */
  stop(): Promise<void>
}

/**
 * Starts to send. The lanes are in the order of their urgency: a lane is sent from only while those before it are empty, and in each the
 * oldest goes first, so that the server takes them in their order. A lane that pauses holds back those after it and not those before.
 */
export function startSender(lanes: readonly Lane[], log: Log, random: () => number): Sender {
  const stopping = new AbortController()
  const pausing = new Set<Lane>()
  const failures = new Map<Lane, number>()
  let wake = () => {}

  function pause(lane: Lane, ms: number): void {
    pausing.add(lane)
    void wait(ms, undefined, { signal: stopping.signal })
      .catch(() => {})
      .then(() => {
        pausing.delete(lane)
        wake()
      })
  }

  /** Jitter over the whole length, so that a thousand gateways do not come back in the same moment. */
  function jittered(ms: number): number {
    return (0.5 + random() / 2) * ms
  }

  async function handle(lane: Lane, parcel: Parcel): Promise<void> {
    const outcome = await parcel.send(stopping.signal)
    if (stopping.signal.aborted && outcome.kind !== 'accepted') return
    const { batch } = parcel
    const failed = outcome.kind === 'failed' ? (failures.get(lane) ?? 0) + 1 : 0
    failures.set(lane, failed)
    if (outcome.kind === 'accepted') {
      await parcel.remove()
      if (lane.paceMs > 0) pause(lane, jittered(lane.paceMs))
      tellAccepted(lane, batch, outcome)
    } else if (outcome.kind === 'refused') {
      await parcel.setAside(outcome.why)
      log('error', `${lane.what} refused by the server for the content and set aside`, {
        batch,
        ...lane.counts,
        why: outcome.why.slice(0, 2000),
      })
    } else if (outcome.kind === 'misconfigured') {
      log('error', 'the server does not take what this gateway sends; it is kept', { batch, why: outcome.why })
      pause(lane, pauses.misconfiguredMs)
    } else {
      const backOffMs = jittered(Math.min(pauses.firstMs * 2 ** (failed - 1), pauses.mostMs))
      const pauseMs = Math.max(backOffMs, Math.min(outcome.retryAfterMs ?? 0, pauses.askedMsMax))
      log('warn', `${lane.what} not sent; tried again`, {
        batch,
        why: outcome.why,
        inSeconds: Math.ceil(pauseMs / 1000),
        ...lane.counts,
      })
      pause(lane, pauseMs)
    }
  }

  function tellAccepted(
    lane: Lane,
    batch: Parcel['batch'],
    { duplicate, refused }: Extract<Outcome, { kind: 'accepted' }>,
  ): void {
    log('info', `${lane.what} accepted`, { batch, duplicate })
    if (refused === undefined) return
    // Sent again they would be refused again.
    log('warn', 'the server did not store some measurements', { batch, count: refused.count, first: refused.first.slice(0, 500) })
  }

  /** Sends one batch of the first lane that has any. False where there is nothing to do now. */
  async function step(): Promise<boolean> {
    for (const lane of lanes) {
      if (pausing.has(lane)) return false
      try {
        const parcel = await lane.next()
        if (parcel === null) continue
        await handle(lane, parcel)
      } catch (error) {
        log('error', 'the queue on the disk cannot be used', { why: String(error) })
        pause(lane, pauses.mostMs)
      }
      return true
    }
    return false
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve
      })
      if (!(await step())) await woken
    }
  }

  const running = run()
  return {
    wake: () => wake(),
    async stop() {
      stopping.abort()
      wake()
      await running
    },
  }
}
