import sql, { type Sql } from 'sql-template-tag'
import type { ChangeOffset, OrganizationId } from '../domain/ids.ts'

/** A page of changes holds no more than this. From offset 0 everything comes at once, so that no purge can fall behind it. */
export const changesMax = 1000

/** Families of device data: each is a feed with a head of its own. */
export type Family = 'inventory' | 'alarms' | 'sensors'

/** A list as one row. No row: not covered. `items` is null where `version` is one of those that the caller has already. */
export interface ListRow {
  offset: number
  version: string
  items: string | null
}

/** Changes as one row. No row: not covered. */
export interface ChangesRow {
  head: number
  purged: number
  /** JSON texts with commas between; null where there are none. */
  changes: string | null
  count: number
  /** The offset of the last of them. */
  last: number | null
}

/**
 * A family's list for the key `k`: its offset and its items from one snapshot (I6). `items` selects the JSON text put together;
 * it is not evaluated where the version is in `known`.
 */
export function listOf(family: Family, organization: OrganizationId, known: readonly string[], version: Sql, items: Sql): Sql {
  return sql`
    select h.head as "offset", v.version, case when v.version = any (${known}::text[]) then null else coalesce((${items}), '') end as "items"
      from covered_feed_head h
     cross join lateral (select ${version} as version) v
     where h.caller = k.id and h.organization_id = ${organization} and h.family = ${family}`
}

/**
 * A family's changes after `offset` for the key `k`, in their order (I5, I6). `page` selects `changed_offset` and `json` of the
 * changed rows from its covered view; at the head it is not evaluated at all.
 */
export function changesOf(family: Family, organization: OrganizationId, offset: ChangeOffset, page: Sql): Sql {
  return sql`
    select h.head, h.purged, p.changes, p.count, p.last
      from covered_feed_head h
     cross join lateral (
           select string_agg(x.json, ',' order by x.changed_offset) as changes, count(*) as count, max(x.changed_offset) as last
             from (${page} and x.changed_offset > ${offset} and h.head > ${offset}
                    order by x.changed_offset
                    limit ${offset === 0 ? null : changesMax}) x) p
     where h.caller = k.id and h.organization_id = ${organization} and h.family = ${family}`
}
