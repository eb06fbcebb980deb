import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/** How a regular job fares, whichever process does it. Times as the API has them; null: never. */
export interface JobRun {
  job: string
  beganAt: string
  succeededAt: string | null
  failedAt: string | null
  /** How often it has failed since it last succeeded. */
  failuresInRow: number
}

/** Keeps how a run that began then has ended. */
export async function noteJobRun(db: Db, job: string, beganAt: Date, succeeded: boolean): Promise<void> {
  await db.rows(sql`
    insert into job_run as r (job, began_at, succeeded_at, failed_at, failures_in_row)
    values (${job}, ${beganAt}, case when ${succeeded}::boolean then clock_timestamp() end,
            case when not ${succeeded}::boolean then clock_timestamp() end, case when ${succeeded}::boolean then 0 else 1 end)
    on conflict (job) do update
       set began_at = excluded.began_at,
           succeeded_at = coalesce(excluded.succeeded_at, r.succeeded_at),
           failed_at = coalesce(excluded.failed_at, r.failed_at),
           failures_in_row = case when ${succeeded}::boolean then 0 else r.failures_in_row + 1 end`)
}

/** All of them, by name. */
export function jobRuns(db: Db): Promise<JobRun[]> {
  return db.rows<JobRun>(sql`
    select job, began_at as "beganAt", succeeded_at as "succeededAt", failed_at as "failedAt", failures_in_row as "failuresInRow"
      from job_run
     order by job`)
}
