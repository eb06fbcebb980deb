import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from './log.ts'
import type { Queue } from './queue.ts'
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

/** Sends the queue, the oldest batch first and one at a time, so that the server takes them in their order. */
export interface Sender {
  /** There is something new in the queue. */
  wake(): void
  /** Ends when the batch under way has its answer or was given up; what is not sent stays in the queue. */
  stop(): Promise<void>
}

export function startSender(
  queue: Queue,
  send: (text: string, signal: AbortSignal) => Promise<Outcome>,
  log: Log,
  random: () => number,
): Sender {
  const stopping = new AbortController()
  let wake = () => {}
  let failures = 0

  async function pause(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: stopping.signal }).catch(() => {})
  }

  /** Jitter over the whole length, so that a thousand gateways do not come back in the same moment. */
  function backOffMs(): number {
    return (0.5 + random() / 2) * Math.min(pauses.firstMs * 2 ** (failures - 1), pauses.mostMs)
  }

  async function handle(entry: { sequence: number; text: string }): Promise<void> {
    const outcome = await send(entry.text, stopping.signal)
    if (stopping.signal.aborted && outcome.kind !== 'accepted') return
    const batch = entry.sequence
    failures = outcome.kind === 'failed' ? failures + 1 : 0
    if (outcome.kind === 'accepted') {
      await queue.remove(batch)
      log('info', 'batch accepted', { batch, duplicate: outcome.duplicate })
    } else if (outcome.kind === 'refused') {
      await queue.setAside(batch, outcome.why)
      log('error', 'batch refused by the server for its content and set aside', {
        batch,
        ...queue.counts,
        why: outcome.why.slice(0, 2000),
      })
    } else if (outcome.kind === 'misconfigured') {
      log('error', 'the server does not take batches of this gateway; they are kept', { why: outcome.why })
      await pause(pauses.misconfiguredMs)
    } else {
      const pauseMs = Math.max(backOffMs(), Math.min(outcome.retryAfterMs ?? 0, pauses.askedMsMax))
      log('warn', 'batch not sent; tried again', {
        batch,
        why: outcome.why,
        inSeconds: Math.ceil(pauseMs / 1000),
        ...queue.counts,
      })
      await pause(pauseMs)
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve
      })
      try {
        const entry = await queue.first()
        if (entry === null) await woken
        else await handle(entry)
      } catch (error) {
        log('error', 'the queue on the disk cannot be used', { why: String(error) })
        await pause(pauses.mostMs)
      }
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
