import type { Database } from '../store/database.ts'
import {
  type BlockToRollUp,
  blocksToRollUp,
  claimRollUp,
  type RollUp,
  storedHours,
  storeRollUp,
} from '../store/measurements/roll-ups.ts'
import { rolledUpDays } from './lines.ts'
import { hourMs } from './slots.ts'
import type { Threads } from './threads.ts'

/** Blocks that one transaction rolls up, at most. */
const blocksMax = 256
/**
 * Hours of sensors that one transaction writes; the last block may go beyond this by its own lines. The more, the fewer times a row is written
 * anew; but the embedded engine's one connection is held for so long.
 */
const hoursMax = { embedded: 2_000, postgres: 20_000 } as const
/** Blocks that one statement reads: at most 1 MiB of them. */
const blocksAtOnce = 16

/**
 * Rolls up a piece of one organization's log, off the write path: the blocks behind its position become 5-minute values. Blocks are read outside of
 * any transaction, and summed up on what is stored in a thread that has the processor where nobody else wants it; the transaction stores the result,
 * unless the position has moved meanwhile. So a crash, or another process at the same work, counts nothing twice. False where nothing is left to do
 * (or others are at it).
 */
export async function rollUpNext({ db, threads }: { db: Database; threads: Threads }, now: Date): Promise<boolean> {
  const from = await claimRollUp(db)
  if (from === null) return false
  const blocks = await blocksBehind(db, from)
  const bytes = blocks.reduce((sum, { block }) => sum + block.length, 0)
  const oldest = now.getTime() - rolledUpDays * 24 * hourMs
  const summed = await threads.do('sumUp', bytes, { blocks, oldest, hoursMax: hoursMax[db.engine] })
  // Where there is no block any more (the retention was faster), what was to be rolled up ends at the head.
  const to = blocks[summed.taken - 1] ?? { seq: from.head, acceptedAt: from.acceptedAt }
  const stored: Uint8Array[] = []
  for (const piece of summed.pieces) stored.push(await storedHours(db, piece))
  await storeRollUp(db, from, to, await threads.do('storedForm', bytes, { ...summed, stored }))
  return true
}

async function blocksBehind(db: Database, from: RollUp): Promise<BlockToRollUp[]> {
  const blocks: BlockToRollUp[] = []
  while (blocks.length < blocksMax) {
    const next = await blocksToRollUp(db, { ...from, ...blocks.at(-1) }, blocksAtOnce)
    blocks.push(...next)
    if (next.length < blocksAtOnce) break
  }
  return blocks
}
