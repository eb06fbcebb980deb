import sql, { type Sql } from 'sql-template-tag'
import type { ChangeOffset } from '../domain/ids.ts'
import type { Database } from './database.ts'
import { changesMax } from './feeds.ts'

/** Companies, and pairs of a company and an organization, that one look takes. */
const companiesMax = 20
const pairsMax = 200

/**
 * The organizations of the key `k`'s set that became covered, or ceased to be, after `offset`, as one row (feeds.ts' ChangesRow). From 0:
 * those covered now.
 */
export function organizationChangesAfter(offset: ChangeOffset): Sql {
  return sql`
    select f.head, f.purged, p.changes, p.count, p.last
      from covered_feed f
     cross join lateral (
           select string_agg(
                    '{"organizationId":' || to_json(x.organization_id)::text
                    || coalesce(',"label":' || to_json(x.label)::text, '')
                    || ',"covered":' || x.covered::text
                    || ',"kinds":' || to_json(array_remove(array[
                         case when x.inventory then 'inventory' end, case when x.alarms then 'alarms' end,
                         case when x.sensors then 'sensors' end], null))::text
                    || ',"reason":' || to_json(x.reason)::text
                    || ',"changedTime":"' || to_char(x.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"}',
                    ',' order by x.changed_offset) as changes,
                  count(*) as count, max(x.changed_offset) as last
             from (select *
                     from covered_organization_change c
                    where c.caller = k.id and c.changed_offset > ${offset} and (c.covered or ${offset > 0}::boolean)
                    order by c.changed_offset
                    limit ${offset === 0 ? null : changesMax}) x) p
     where f.caller = k.id`
}

/**
 * Brings into the feeds what time alone has changed, of the companies that nobody else looks at now. How many pairs were held against the
 * coverage; 0: none is due.
 */
export async function keepDueCoverage(db: Database): Promise<number> {
  return db.transaction('system', { kind: 'system' }, async (tx) => {
    // The heads first, as everybody who changes coverage locks them.
    const locked = await tx.rows<{ id: string }>(sql`
      select h.company_id as "id"
        from coverage_head h
       where h.company_id in (
             select x.company_id from coverage_change x where x.next_at <= statement_timestamp() order by x.next_at limit ${companiesMax})
       order by h.company_id
         for update skip locked`)
    if (locked.length === 0) return 0
    const kept = await tx.rows(sql`
      select keep_coverage(x.company_id, x.organization_id)::text as "kept"
        from (select company_id, organization_id
                from coverage_change
               where company_id = any (${locked.map(({ id }) => id)}::text[]) and next_at <= statement_timestamp()
               order by next_at
               limit ${pairsMax}) x`)
    return kept.length
  })
}
