import sql, { type Sql } from 'sql-template-tag'

/** The organizations that the key covers now, by label, as the API's JSON text with commas between (one row). */
export function coveredOrganizations(): Sql {
  return sql`
    select coalesce(string_agg(json_build_object('id', c.organization_id, 'label', c.label)::text, ','
                               order by c.label, c.organization_id), '') as "organizations"
      from coverage c
     where c.caller = k.id`
}
