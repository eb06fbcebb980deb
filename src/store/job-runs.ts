import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/** How a job fares, whichever process does it. Times as the API has them; null: never. */
export interface JobRun {
  job: string
  /** How long it waits after a run, in ms; null: not known yet. */
  everyMs: number | null
  beganAt: string
  succeededAt: string | null
  failedAt: string | null
  /** How often it has failed since it last succeeded. */
  failuresInRow: number
}

/** Runs of a job as one process keeps them: the last, which began then, and how many have failed, 0 where the last has succeeded. */
export interface NotedRuns {
  job: string
  everyMs: number
  beganAt: Date
  failures: number
}

/** Keeps how the last of these runs has ended; failures are counted on. */
export async function noteJobRuns(db: Db, { job, everyMs, beganAt, failures }: NotedRuns): Promise<void> {
  await db.rows(sql`
    insert into job_run as r (job, every_ms, began_at, succeeded_at, failed_at, failures_in_row)
    values (${job}, ${everyMs}, ${beganAt}, case when ${failures}::integer = 0 then clock_timestamp() end,
            case when ${failures}::integer > 0 then clock_timestamp() end, ${failures})
    on conflict (job) do update
       set every_ms = excluded.every_ms,
           began_at = excluded.began_at,
           succeeded_at = coalesce(excluded.succeeded_at, r.succeeded_at),
           failed_at = coalesce(excluded.failed_at, r.failed_at),
           failures_in_row = case when excluded.failures_in_row = 0 then 0 else r.failures_in_row + excluded.failures_in_row end`)
}

/** All of them, by name. */
export function jobRuns(db: Db): Promise<JobRun[]> {
  return db.rows<JobRun>(sql`
    select job, every_ms as "everyMs", began_at as "beganAt", succeeded_at as "succeededAt", failed_at as "failedAt",
           failures_in_row as "failuresInRow"
      from job_run
     order by job`)
}
