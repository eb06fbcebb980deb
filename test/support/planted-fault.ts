import { seedOfRun } from './door.ts'

const triesMax = 5

/**
 * What a check found of a planted fault, in the first of a few runs that found anything: one random run may happen not to come across it, that
 * five of different seeds do not is another matter. Empty: none of them did.
 */
export async function plantedFindings<Finding>(run: (seed: number) => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  for (let nth = 0; nth < triesMax; nth += 1) {
    const findings = await run(seedOfRun() + nth)
    if (findings.length > 0) return findings
  }
  return []
}

/** A script that plants one in a server's database, for checks of who may read what: a subscription that is over is still active. */
export const timeEndsNoSubscription = `
  create or replace view active_subscription as
  select distinct on (company_id) company_id, id, kind, starts_at, ends_at, canceled_at
    from subscription
   where starts_at <= statement_timestamp()
   order by company_id, ends_at desc`
