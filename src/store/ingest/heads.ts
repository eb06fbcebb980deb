import sql from 'sql-template-tag'
import type { Db } from '../database.ts'
import type { Family } from '../feeds.ts'

/** The heads of an organization's feeds, locked until the transaction ends. */
export interface Heads {
  /**
   * The time of everything that the batch changes, as the database has it, whose clock says since when data are covered too. It is not before any lock
   * was had, and so not before whatever was committed until then.
   */
  now: string
  /** The offset of a family's next change. */
  next(family: Family): number
  /** How many offsets were taken of each. */
  taken(): Record<Family, number>
}

/** In ms, cut off: up to one too early, and never too late, by which what was not covered would be taken for covered. */
const clockTime = sql`to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Whoever locks several families does so in this order (I5). */
const order: readonly Family[] = ['inventory', 'sensors', 'alarms']

/**
 * Locks the heads of `families` in a statement of its own: what depends on stored rows is read in later ones, and so sees all that
 * was committed before the lock was had (I5).
 */
export async function lockHeads(tx: Db, organizationId: string, families: readonly Family[]): Promise<Heads> {
  const rows = await tx.rows<{ family: Family; head: number; now: string }>(sql`
    with locked as materialized (
         select family, head
           from feed_head
          where organization_id = ${organizationId} and family = any (${[...families]}::text[])
          order by array_position(${[...order]}::text[], family)
            for update)
    select l.family, l.head, ${clockTime} as "now" from locked l`)
  const heads = new Map(rows.map(({ family, head }) => [family, { start: head, head }]))
  return {
    // Where none was locked, nothing is written.
    now: rows.at(-1)?.now ?? '',
    next(family) {
      const head = heads.get(family)
      if (head === undefined) throw new Error(`the head of ${family} is not locked`)
      head.head += 1
      return head.head
    },
    taken() {
      const of = (family: Family) => (heads.get(family)?.head ?? 0) - (heads.get(family)?.start ?? 0)
      return { inventory: of('inventory'), sensors: of('sensors'), alarms: of('alarms') }
    },
  }
}

/** Moves the heads on by what was taken: the last statement on a feed in a transaction. */
export async function moveHeads(tx: Db, organizationId: string, heads: Heads): Promise<void> {
  const taken = Object.entries(heads.taken()).filter(([, count]) => count > 0)
  if (taken.length === 0) return
  await tx.rows(sql`
    update feed_head h
       set head = h.head + t.count
      from json_to_recordset(${JSON.stringify(taken.map(([family, count]) => ({ family, count })))}::text::json) as t(family text, count bigint)
     where h.organization_id = ${organizationId} and h.family = t.family`)
}
