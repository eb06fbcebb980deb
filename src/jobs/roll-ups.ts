import type { Context } from '../context.ts'
import { rollUpLag } from '../measurements/metrics.ts'
import { rollUpNext } from '../measurements/roll-up.ts'
import { beginRollUps } from '../store/measurements/roll-ups.ts'
import { repeatedly } from './repeatedly.ts'

/** Whatever came meanwhile is rolled up together: the rarer, the fewer times a row is written anew, and the more a chart has to decode. */
const everyMs = 10_000

/** Rolls up what the log holds, piece by piece, until nothing is left or `isStopped` says so. Whether nothing is left. */
export async function rollUpMeasurements(
  { db, threads, clock }: Pick<Context, 'db' | 'threads' | 'clock'>,
  isStopped = () => false,
): Promise<boolean> {
  await beginRollUps(db)
  // One organization's failure is not the others': it stays claimed for a while, so that they have their turn.
  let failure: unknown
  while (!isStopped()) {
    try {
      if (!(await rollUpNext({ db, threads }, clock.now()))) break
    } catch (error) {
      if (failure !== undefined) throw error
      failure = error
    }
  }
  if (failure !== undefined) throw failure
  return !isStopped()
}

/** Rolls up at once and then again and again. Returns what stops it, and waits for the piece under way. */
export function startRollUps(context: Context): () => Promise<void> {
  let stopped = false
  let doneAt = performance.now()
  rollUpLag(context.metrics.registry, () => (performance.now() - doneAt) / 1000)
  const rollUp = async () => {
    const begunAt = performance.now()
    if (await rollUpMeasurements(context, () => stopped)) doneAt = begunAt
    return false
  }
  const stop = repeatedly(context, 'roll-ups', rollUp, everyMs)
  return async () => {
    stopped = true
    await stop()
  }
}
