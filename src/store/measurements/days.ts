import sql, { raw } from 'sql-template-tag'
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
export async function dropRollUpMonths(db: Database, days: number): Promise<string[]> {
  const months = await db.system.rows<{ name: string }>(sql`
    select c.relname::text as name
      from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'measurement_rollup'::regclass
       and c.relname < measurement_rollup_month(((clock_timestamp() - make_interval(days => ${days + 1})) at time zone 'UTC')::date)
     order by c.relname`)
  for (const { name } of months) await dropPartition(db, name)
  return months.map((month) => month.name)
}

/** Drops the days whose every block is older than the retention. Their names. */
export async function dropMeasurementDays(db: Database, retentionHours: number): Promise<string[]> {
  const days = await db.system.rows<{ name: string }>(sql`
    select c.relname::text as name
      from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'measurement_block'::regclass
       and c.relname < measurement_day(((clock_timestamp() - make_interval(hours => ${retentionHours})) at time zone 'UTC')::date)
     order by c.relname`)
  for (const { name } of days) await dropPartition(db, name)
  return days.map((day) => day.name)
}

async function dropPartition(db: Database, name: string): Promise<void> {
  await db.transaction('system', { kind: 'system' }, async (tx) => {
    // Behind a long read, a drop that waits would make everybody else wait behind it: it is tried again in an hour.
    await tx.rows(sql`set local lock_timeout = '200ms'`)
    await tx.rows(sql`drop table if exists ${raw(`"${name}"`)}`)
  })
}
