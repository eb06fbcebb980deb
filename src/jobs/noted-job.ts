import type { Context } from '../context.ts'
import { noteJobRuns } from '../store/job-runs.ts'

/** How often it is written down that a job goes on as before: runs may be many a second. */
const noteEveryMs = 60_000

/** A job's runs, each told to the vendor by how it went. */
export interface NotedJob {
  /** Does `work`; what goes wrong is logged. Whether there is more. */
  run(beganAt: Date, work: () => Promise<boolean>): Promise<boolean>
  /** There was nothing to do. */
  idle(beganAt: Date): Promise<void>
}

/** Writes a job's runs down when one goes otherwise than the one before, and each minute; `everyMs`: how long it waits after a run. */
export function notedJob({ db, log }: Pick<Context, 'db' | 'log'>, job: string, everyMs: number): NotedJob {
  let notedAtMs = Number.NEGATIVE_INFINITY
  let failedBefore: boolean | undefined
  let failures = 0
  const note = async (beganAt: Date, failed: boolean): Promise<void> => {
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
  return {
    run: async (beganAt, work) => {
      let more = false
      let failed = false
      try {
        more = await work()
      } catch (error) {
        failed = true
        log.error({ err: error, job }, 'a job failed')
      }
      await note(beganAt, failed)
      return more
    },
    idle: (beganAt) => note(beganAt, false),
  }
}
