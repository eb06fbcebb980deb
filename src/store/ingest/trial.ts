import sql from 'sql-template-tag'
import type { Db } from '../database.ts'

/**
 * Starts a customer's one trial with the first batch that is accepted from it, unless it ever had a subscription (design, section 5). How long
 * it lasts is the vendor's to set.
 */
export async function startTrial(tx: Db, organizationId: string): Promise<void> {
  await tx.rows(sql`
    with due as (
      update company c
         set trial_used_at = statement_timestamp()
       where c.id = ${organizationId} and c.kind = 'customer' and c.trial_used_at is null
         and not exists (select 1 from subscription s where s.company_id = c.id)
      returning c.id)
    insert into subscription (company_id, kind, starts_at, ends_at)
    select due.id, 'trial', statement_timestamp(), statement_timestamp() + make_interval(days => s.trial_days)
      from due
     cross join installation_setting s
    -- The vendor may have started one in the very moment, unseen by the condition above.
        on conflict do nothing`)
}
