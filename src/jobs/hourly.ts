import type { Context } from '../context.ts'
import { noteJobRuns } from '../store/job-runs.ts'

const hourMs = 60 * 60 * 1000

/**
 * Does `work` each hour (or so many ms) from now on; what goes wrong is logged, and tried again as long after. How it went the vendor sees. Returns what
 * stops it, which waits for work under way.
 */
export function hourly(
  context: Context,
  name: string,
  work: (context: Context) => Promise<void>,
  everyMs = hourMs,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(() => noted(context, name, work, everyMs))
      .catch((error: unknown) => context.log.error({ err: error, job: name }, 'a job failed'))
  }, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

async function noted(context: Context, job: string, work: (context: Context) => Promise<void>, everyMs: number): Promise<void> {
  const beganAt = context.clock.now()
  const note = (failures: number) => noteJobRuns(context.db.system, { job, everyMs, beganAt, failures })
  try {
    await work(context)
  } catch (error) {
    // Where the database is what fails, that cannot be noted either: the work's own failure is the one to tell.
    await note(1).catch(() => {})
    throw error
  }
  await note(0)
}
