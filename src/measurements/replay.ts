import type { Db } from '../store/database.ts'
import { type Asker, blocksBetween, type StoredBlock } from '../store/measurements/streams.ts'
import { frameOf, frameOfText } from './frame.ts'
import type { EndReason, MeasurementMetrics } from './metrics.ts'
import type { StreamResponse } from './stream-response.ts'

/** Blocks that one statement reads: at most 1 MiB of them. */
const blocksAtOnce = 64

/** What a replay says at its end (contract, section 3). */
const completed = frameOfText(
  '{"replaySystemMessageType":"CompletedReplaySystemMessage","message":"All measurements up to toOffset were sent."}\n',
)
const rateLimitReached = (retryAfterSeconds: number) =>
  frameOfText(
    '{"replaySystemMessageType":"RateLimitReachedReplaySystemMessage",' +
      `"message":"The limit is reached. Wait ${retryAfterSeconds} seconds, then go on from the last offset."}\n`,
  )

/** A replay of the blocks behind `from`, up to `to`, under the right that it began with. */
export interface Replay extends Asker {
  basis: string
  from: number
  to: number
  response: StreamResponse
  /** Takes lines from the limit: how long to wait where it is reached; null where there is room. */
  takeLines(lines: number): Promise<number | null>
  /** Aborted when the process stops. */
  stopping: AbortSignal
}

/**
 * Sends a replay, and ends it: with one Completed message where all of it was sent, with RateLimitReached where the limit was, without either where
 * the right to it ended, where the retention overtook it, or where the reader is gone. Throws what the database threw, with the response ended.
 */
export async function sendReplay(db: Db, metrics: MeasurementMetrics, replay: Replay): Promise<EndReason> {
  let reason: EndReason = 'unavailable'
  try {
    reason = await sendBlocks(db, metrics, replay)
    return reason
  } finally {
    replay.response.end()
    metrics.ended(reason)
  }
}

async function sendBlocks(db: Db, metrics: MeasurementMetrics, replay: Replay): Promise<EndReason> {
  const { response, stopping } = replay
  const read = (after: number) => (after < replay.to ? blocksBetween(db, replay, after, replay.to, blocksAtOnce) : null)
  let at = replay.from
  for (let next = read(at); next !== null; ) {
    const blocks = await next
    if (blocks.length === 0 || !follows(at, blocks)) return 'withdrawn'
    at = (blocks.at(-1) as StoredBlock).seq
    // Read while these are sent: what was not sent when the right ended is not sent, for its own statement does not give it.
    next = read(at)
    next?.catch(() => {})
    const wait = await replay.takeLines(blocks.reduce((sum, block) => sum + block.lines, 0))
    if (wait !== null) {
      response.send(rateLimitReached(wait))
      return 'rate limit'
    }
    for (const block of blocks) {
      if (response.isOver) return 'closed'
      if (stopping.aborted) return 'shutdown'
      // Its right is looked at with those of live streams: what was read before it ended is not sent after (I3).
      if (response.isEnded) return 'withdrawn'
      const taken = response.send(frameOf(block))
      metrics.replayed(block.lines)
      if (!taken) await response.drained()
      if (response.isSlow(performance.now())) return 'slow'
    }
  }
  response.send(completed)
  return 'completed'
}

/** Whether blocks come one behind the other: where one is missing, the retention took it, or it was never this reader's. */
function follows(after: number, blocks: readonly StoredBlock[]): boolean {
  return blocks.every((block, place) => block.seq === after + 1 + place)
}
