import type { Context } from '../context.ts'
import { noteJobRuns } from '../store/job-runs.ts'

/** How often it is written down that a job goes on as before: runs may be many a second. */
const noteEveryMs = 60_000

/** Writes a job's runs down when one goes otherwise than the one before, and each minute; `everyMs`: how long it waits after a run. */
export function noting({ db, log }: Pick<Context, 'db' | 'log'>, job: string, everyMs: number) {
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
