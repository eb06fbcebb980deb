import sql, { raw, type Sql } from 'sql-template-tag'
import type { Database } from '../database.ts'

/** Partitions are made for so many days to come: a process that cannot make any for that long has other worries. */
const daysAhead = 3

/** Makes the partitions of the log that are needed now and in the next days. Before the first block, and each hour. */
export async function keepMeasurementDays(db: Database): Promise<void> {
  await db.system.rows(sql`
    select keep_measurement_days(d.today - 1, d.today + ${daysAhead}::integer)
      from (select (clock_timestamp() at time zone 'UTC')::date as today) d`)
}

/** Makes the partitions of the roll-ups that are needed now and in the next days. Before the first is stored, and each hour. */
export async function keepRollUpMonths(db: Database, days: number): Promise<void> {
  await db.system.rows(sql`
    select keep_rollup_months(d.today - ${days + 1}::integer, d.today + ${daysAhead}::integer)
      from (select (clock_timestamp() at time zone 'UTC')::date as today) d`)
}

/** Drops the months of roll-ups whose every day lies further back than so many. Their names. */
export function dropRollUpMonths(db: Database, days: number): Promise<string[]> {
  return dropBefore(db, 'measurement_rollup', sql`measurement_rollup_month(${dayBefore(24 * (days + 1))})`)
}

/** Drops the days whose every block is older than the retention. Their names. */
export function dropMeasurementDays(db: Database, retentionHours: number): Promise<string[]> {
  return dropBefore(db, 'measurement_block', sql`measurement_day(${dayBefore(retentionHours)})`)
}

const dayBefore = (hours: number) =>
  sql`((clock_timestamp() - make_interval(hours => ${hours}::integer)) at time zone 'UTC')::date`

/** Drops the partitions of a table whose names, which have their time in them, stand before `first`. */
async function dropBefore(db: Database, table: string, first: Sql): Promise<string[]> {
  const partitions = await db.system.rows<{ name: string }>(sql`
    select c.relname::text as name
      from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
     where i.inhparent = ${table}::regclass and c.relname < ${first}
     order by c.relname`)
  for (const { name } of partitions) await dropPartition(db, name)
  return partitions.map(({ name }) => name)
}

async function dropPartition(db: Database, name: string): Promise<void> {
  await db.transaction('system', { kind: 'system' }, async (tx) => {
    // Behind a long read, a drop that waits would make everybody else wait behind it: it is tried again in an hour.
    await tx.rows(sql`set local lock_timeout = '200ms'`)
    await tx.rows(sql`drop table if exists ${raw(`"${name}"`)}`)
  })
}
