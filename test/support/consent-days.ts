import sql from 'sql-template-tag'
import type { TestServer } from './server.ts'

/** As if so many days had passed for the consents of a customer. */
export async function daysPassForConsents({ database }: TestServer, customerId: string, days: number): Promise<void> {
  await database.system.rows(sql`
    update consent c
       set ends_at = c.ends_at - ${days}::float8 * interval '1 day', given_at = c.given_at - ${days}::float8 * interval '1 day',
           changed_at = c.changed_at - ${days}::float8 * interval '1 day'
      from partnership p
     where p.id = c.partnership_id and p.customer_id = ${customerId} and c.ended_at is null`)
}
