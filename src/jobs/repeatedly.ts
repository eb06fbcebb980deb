import type { Context } from '../context.ts'
import { noteJobRuns } from '../store/job-runs.ts'

/** How often it is written down that a job goes on as before: runs may be many a second. */
const noteEveryMs = 60_000

/** A job that goes on until it is stopped. */
export interface Repeated {
  /** Does it at once, and not only after its time. */
  wake(): void
  /** Waits for work under way. */
  stop(): Promise<void>
}

/**
 * Does `work` (at once, or first after so many ms) again and again: at once where it says that there is more, else after `everyMs`. What goes wrong is
 * logged and tried again after `everyMs`. How it went the vendor sees, at most a minute later.
 */
export function repeatedly(
  context: Pick<Context, 'log' | 'db' | 'clock'>,
  name: string,
  work: () => Promise<boolean>,
  everyMs: number,
  firstAfterMs = 0,
): Repeated {
  const note = noting(context, name, everyMs)
  let timer: NodeJS.Timeout | undefined
  let underWay = Promise.resolve()
  let woken = false
  let stopped = false
  const run = async () => {
    timer = undefined
    woken = false
    const beganAt = context.clock.now()
    let more = false
    let failed = false
    try {
      more = await work()
    } catch (error) {
      failed = true
      context.log.error({ err: error, job: name }, 'a job failed')
    }
    await note(beganAt, failed)
    if (!stopped) runAfter(more || (woken && !failed) ? 0 : everyMs)
  }
  const runAfter = (ms: number) => {
    timer = setTimeout(() => {
      underWay = run()
    }, ms)
    timer.unref()
  }
  if (firstAfterMs > 0) runAfter(firstAfterMs)
  else underWay = run()
  return {
    wake: () => {
      woken = true
      if (timer === undefined || stopped) return
      clearTimeout(timer)
      underWay = run()
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
  }
}

/** Writes runs down when one goes otherwise than the one before, and each minute. */
function noting({ db, log }: Pick<Context, 'db' | 'log'>, job: string, everyMs: number) {
  let notedAtMs = Number.NEGATIVE_INFINITY
  let failedBefore: boolean | undefined
  let failures = 0
  return async (beganAt: Date, failed: boolean): Promise<void> => {
    failures = failed ? failures + 1 : 0
    const isDue = failed !== failedBefore || performance.now() - notedAtMs >= noteEveryMs
    if (!isDue) return
    try {
      await noteJobRuns(db.system, { job, everyMs, beganAt, failures })
      notedAtMs = performance.now()
      failedBefore = failed
      failures = 0
    } catch (error) {
      // Where the database is what fails, the work has told it already; it is noted with a later run.
      if (!failed) log.error({ err: error, job }, 'a run of a job was not noted')
    }
  }
}
