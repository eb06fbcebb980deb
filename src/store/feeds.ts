import sql, { type Sql } from 'sql-template-tag'
import type { ChangeOffset, OrganizationId } from '../domain/ids.ts'

/** A page of changes holds no more than this. From offset 0 everything comes at once, so that no purge can fall behind it. */
export const changesMax = 1000

/** Families of device data: each is a feed with a head of its own. */
export type Family = 'inventory' | 'alarms' | 'sensors'

/** Where a feed stands. No row: not covered. */
export interface FeedHead {
  head: number
  purged: number
  /** Of a list of alarms: when the oldest cleared one in it was cleared, in seconds since 1970. Null where there is none. */
  oldestCleared?: string | null
}

/**
 * A list's items come in pieces, each of so many offsets: one text of megabytes, there and on its way into the answer, keeps the collector of V8's
 * heap at work for longer than the rest of the request takes.
 */
export const pieceOffsets = 200

/** A piece of a list: `items` are JSON texts with commas between; null where the list is empty. */
export interface ListRow extends FeedHead {
  items?: string | null
  /** How many they are. */
  count?: number | null
}

/** Changes as one row. */
export interface ChangesRow extends FeedHead {
  /** JSON texts with commas between; null where there are none. */
  changes?: string | null
  count?: number
  /** The offset of the last of them. */
  last?: number | null
}

/**
 * A family's list for the key `k`, in pieces, in their order: its offset and its items from one snapshot (I6). `items` selects each item's
 * `json`, its `changed_offset`, and its `kind` (the last of the alphabet first). The order of the pieces holds, for a lateral join is a loop.
 */
export function listOf(
  family: Family,
  organization: OrganizationId,
  items: Sql,
  oldestCleared: Sql = sql`select null::text`,
): Sql {
  return sql`
    select h.head, h.purged, (${oldestCleared}) as "oldestCleared", p.items, p.count
      from covered_feed_head h
      left join lateral (
           select string_agg(x.json, ',' order by x.changed_offset) as items, count(*) as count
             from (select i.json, i.kind, i.changed_offset, i.changed_offset / ${pieceOffsets}::integer as piece from (${items}) i) x
            group by x.kind, x.piece
            order by x.kind desc, x.piece) p on true
     where h.caller = k.id and h.organization_id = ${organization} and h.family = ${family}`
}

/**
 * A family's changes after `offset` for the key `k`, in their order (I5, I6). `page` selects `changed_offset` and `json` of the
 * changed rows from its covered view.
 */
export function changesOf(family: Family, organization: OrganizationId, offset: ChangeOffset, page: Sql): Sql {
  return sql`
    select h.head, h.purged, p.changes, p.count, p.last
      from covered_feed_head h
     cross join lateral (
           select string_agg(x.json, ',' order by x.changed_offset) as changes, count(*) as count, max(x.changed_offset) as last
             from (${page} and x.changed_offset > ${offset}
                    order by x.changed_offset
                    limit ${offset === 0 ? null : changesMax}) x) p
     where h.caller = k.id and h.organization_id = ${organization} and h.family = ${family}`
}
