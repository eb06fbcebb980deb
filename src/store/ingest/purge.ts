import sql, { raw } from 'sql-template-tag'
import type { Database, Db } from '../database.ts'

/** How long a batch's id is kept: it may be sent again for as long (I7). */
export const batchIdDays = 7
/** How long a deletion is kept in its feed (contract, section 4). */
export const deletionDays = 30
/** Deletions that go in one transaction, while the feed is locked. */
const deletionsMax = 5000

/** Feeds with deletions, and their tables. An alarm is never deleted. */
const tables = { inventory: raw('inventory_object'), sensors: raw('sensor') } as const
type Purged = keyof typeof tables

/** Forgets the ids of old batches. How many. */
export async function purgeBatchIds(db: Database): Promise<number> {
  const rows = await db.system.rows(sql`
    delete from ingest_batch where accepted_at < statement_timestamp() - make_interval(days => ${batchIdDays}) returning 1 as one`)
  return rows.length
}

/** Forgets old deletions of all organizations, and what gateways called the deleted. How many. */
export async function purgeDeletions(db: Database): Promise<number> {
  let count = 0
  for (const family of ['inventory', 'sensors'] as const) {
    const due = await db.system.rows<{ organizationId: string }>(sql`
      select distinct organization_id as "organizationId" from ${tables[family]} where ${isOld}`)
    for (const { organizationId } of due) {
      let purged: number
      do {
        purged = await db.transaction('system', { kind: 'system' }, (tx) => purgeFeed(tx, organizationId, family))
        count += purged
      } while (purged === deletionsMax)
    }
  }
  return count
}

const isOld = sql`removed_at < statement_timestamp() - make_interval(days => ${deletionDays})`

/**
 * The oldest deletions of one feed. The head rises by one, so that every offset handed out from 0 lies past the purge, and
 * `purged` tells the reader with an older one that deletions are missing.
 */
async function purgeFeed(tx: Db, organizationId: string, family: Purged): Promise<number> {
  await tx.rows(sql`select 1 as one from feed_head where organization_id = ${organizationId} and family = ${family} for update`)
  const rows = await tx.rows<{ id: string; offset: number }>(sql`
    delete from ${tables[family]}
     where organization_id = ${organizationId}
       and id in (select id from ${tables[family]} where organization_id = ${organizationId} and ${isOld}
                   order by changed_offset limit ${deletionsMax})
    returning id, changed_offset as "offset"`)
  if (rows.length === 0) return 0
  await tx.rows(sql`
    delete from gateway_reference where organization_id = ${organizationId} and object_id = any (${rows.map(({ id }) => id)}::text[])`)
  await tx.rows(sql`
    update feed_head
       set head = head + 1, purged = greatest(purged, ${Math.max(...rows.map(({ offset }) => offset))}::bigint)
     where organization_id = ${organizationId} and family = ${family}`)
  return rows.length
}
