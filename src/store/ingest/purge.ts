import sql, { raw, type Sql } from 'sql-template-tag'
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

/** How long the states of alarms are kept, and who had seen those that are over. */
export const alarmHistoryDays = 90
const alarmVersionsMax = 20_000

/** Forgets old states of alarms, piece by piece, and old acknowledgements. How many. */
export async function purgeAlarmHistory(db: Database): Promise<number> {
  const before = sql`statement_timestamp() - make_interval(days => ${alarmHistoryDays})`
  const seen = await db.system.rows(sql`
    delete from alarm_acknowledgement k
     where k.made_at < ${before}
       and not exists (select from alarm a where a.organization_id = k.organization_id and a.id = k.alarm_id and a.cleared_at is null)
    returning 1 as one`)
  let count = seen.length
  for (let gone = alarmVersionsMax; gone === alarmVersionsMax; count += gone) {
    const rows = await db.system.rows(sql`
      delete from alarm_version
       where (organization_id, alarm_id, changed_offset) in (
             select organization_id, alarm_id, changed_offset
               from alarm_version
              where changed_at < ${before}
              order by changed_at
              limit ${alarmVersionsMax})
      returning 1 as one`)
    gone = rows.length
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

/** Rows of one table that go in one statement. */
const rowsMax = 5000

/** What gateways have sent, and who read it, with the columns that tell rows apart, and which of them are an organization's. */
const sent: readonly [table: string, key: string, where: (organization: string) => Sql][] = [
  ['measurement_block', 'code, seq', (id) => sql`code = ${codeOf(id)}`],
  // "~" stands behind every character that follows the code in a sensor's id.
  ['measurement_rollup', 'sensor_id, hour', (id) => sql`sensor_id >= ${codeOf(id)} and sensor_id < ${codeOf(id)} || '~'`],
  ['alarm_version', 'organization_id, alarm_id, changed_offset', (id) => sql`organization_id = ${id}`],
  ['alarm_acknowledgement', 'id', (id) => sql`organization_id = ${id}`],
  ['alarm', 'organization_id, id', (id) => sql`organization_id = ${id}`],
  ['sensor', 'organization_id, id', (id) => sql`organization_id = ${id}`],
  ['inventory_object', 'organization_id, id', (id) => sql`organization_id = ${id}`],
  ['gateway_reference', 'gateway_id, family, reference', (id) => sql`organization_id = ${id}`],
  ['access', 'ctid', (id) => sql`organization_id = ${id} or organization_id is null and company_id = ${id}`],
  ['ingest_batch', 'gateway_id, batch_id', (id) => sql`gateway_id in (select id from gateway where company_id = ${id})`],
]

function codeOf(organization: string): Sql {
  return sql`(select code from measurement_log where organization_id = ${organization})`
}

/**
 * Deletes what an organization's gateways have sent, and what its people noted on it, piece by piece, so that nobody waits for all of it. For a
 * company that is closed: nothing is sent to it any more.
 */
export async function purgeOrganization(db: Db, organization: string): Promise<void> {
  for (const [table, key, where] of sent) {
    for (let gone = rowsMax; gone === rowsMax; ) {
      const rows = await db.rows(sql`
        delete from ${raw(table)}
         where (${raw(key)}) in (select ${raw(key)} from ${raw(table)} where ${where(organization)} limit ${rowsMax})
        returning 1 as one`)
      gone = rows.length
    }
  }
}
