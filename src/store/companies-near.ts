import sql, { type Sql } from 'sql-template-tag'

/** The companies `near.company_id` one of which may cover an organization: its own, and its partners'. Each is looked up for itself, however many others there are. */
export function companiesNear(organization: Sql): Sql {
  return sql`
    (select ${organization} as company_id
      union all
     select p.partner_id from partnership p where p.customer_id = ${organization} and p.ended_at is null) near`
}
