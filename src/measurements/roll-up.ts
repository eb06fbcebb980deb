import type { Database } from '../store/database.ts'
import {
  blocksToRollUp,
  claimRollUp,
  type RollUp,
  type StoredHour,
  storedHours,
  storeRollUp,
} from '../store/measurements/roll-ups.ts'
import { type Measured, measurementsIn, rolledUpDays } from './lines.ts'
import { addTo, emptyHour, hourMs, readHour, storedHour } from './slots.ts'

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
 * Rolls up a piece of one organization's log, off the write path: the blocks behind its position become 5-minute values. Blocks are read and
 * summed up outside of any transaction, on what is stored; the transaction stores the result, unless the position has moved meanwhile. So a
 * crash, or another process at the same work, counts nothing twice. False where nothing is left to do (or others are at it).
 */
export async function rollUpNext(db: Database, now: Date): Promise<boolean> {
  const from = await claimRollUp(db)
  if (from === null) return false
  const { to, measured } = await measurementsBehind(db, from, now)
  await storeRollUp(db, from, to, await withStored(db, [...measured.values()]))
  return true
}

/** A sensor's measurements of an hour, in the order of the log. */
type HourMeasured = Omit<StoredHour, 'slots'> & { measured: Measured[] }

/** What the next blocks hold, and where they end. Where none is there any more (the retention was faster), they end at the head. */
async function measurementsBehind(db: Database, from: RollUp, now: Date) {
  const oldest = now.getTime() - rolledUpDays * 24 * hourMs
  const measured = new Map<string, HourMeasured>()
  const latest = new Map<string, HourMeasured>()
  let to: { seq: number; acceptedAt: number } = from
  for (let blocks = 0; blocks < blocksMax && measured.size < hoursMax[db.engine]; ) {
    const next = await blocksToRollUp(db, { ...from, ...to }, blocksAtOnce)
    if (next.length === 0 && blocks === 0) to = { seq: from.head, acceptedAt: from.acceptedAt }
    for (const block of next) {
      if (measured.size >= hoursMax[db.engine]) break
      for (const one of measurementsIn(block)) if (one.at >= oldest) collect(measured, latest, one)
      to = { seq: block.seq, acceptedAt: block.acceptedAt }
      blocks += 1
    }
    if (next.length < blocksAtOnce) break
  }
  return { to, measured }
}

/** `latest`: of each sensor the hour of the measurement before, which is nearly always that of the next. */
function collect(hours: Map<string, HourMeasured>, latest: Map<string, HourMeasured>, one: Measured): void {
  const hour = (one.at - (one.at % hourMs)) / 1000
  let known = latest.get(one.sensorId)
  if (known?.hour !== hour) {
    const name = nameOf({ sensorId: one.sensorId, hour })
    known = hours.get(name) ?? { sensorId: one.sensorId, hour, measured: [] }
    hours.set(name, known)
    latest.set(one.sensorId, known)
  }
  known.measured.push(one)
}

/** The hours as they are to be stored: what was measured, on what is stored already. */
async function withStored(db: Database, hours: readonly HourMeasured[]): Promise<StoredHour[]> {
  if (hours.length === 0) return []
  const stored = await storedHours(db, hours)
  const known = new Map(stored.map((one) => [nameOf(one), readHour(one.slots, one.hour * 1000)]))
  return hours.map(({ sensorId, hour, measured }) => {
    const slots = known.get(nameOf({ sensorId, hour })) ?? emptyHour()
    for (const { at, value } of measured) addTo(slots, at, value)
    return { sensorId, hour, slots: storedHour(slots) }
  })
}

function nameOf({ sensorId, hour }: { sensorId: string; hour: number }): string {
  return `${sensorId} ${hour}`
}
