import sql, { type Sql } from 'sql-template-tag'

/** The organizations that the key covers now, by label, as the API's JSON text with commas between (one row). */
export function coveredOrganizations(): Sql {
  return sql`
    select coalesce(string_agg('{"id":' || to_json(c.organization_id)::text || ',"label":' || to_json(c.label)::text || '}', ','
                               order by c.label, c.organization_id), '') as "organizations",
           count(*) as "count"
      from coverage c
     where c.caller = k.id`
}
