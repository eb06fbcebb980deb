import sql, { type Sql } from 'sql-template-tag'
import type { Database, Db } from '../database.ts'

/** Rows that go in one statement. */
const rowsMax = 5000
/** For how long minutes are told apart. Afterwards hours are: a sixtieth of the rows of somebody who polls. */
export const minuteDays = 31
/** Hours that one run puts together: days, where the job did not run for long. */
const hoursMax = 240

/** As the index has it (0020-accesses.sql). */
const utc = (moment: Sql): Sql => sql`(${moment} at time zone 'UTC')`

/** Forgets accesses that have been kept for as long as the vendor wants, and the runs of that time. How many accesses. */
export async function purgeAccesses(db: Db): Promise<number> {
  const late = sql`(select statement_timestamp() - make_interval(days => access_days) from installation_setting)`
  let count = 0
  for (let gone = rowsMax; gone === rowsMax; count += gone) {
    const rows = await db.rows(sql`
      delete from access
       where ctid = any (array(select a.ctid from access a where ${utc(sql`a.minute`)} < ${utc(late)} limit ${rowsMax}))
      returning 1 as one`)
    gone = rows.length
  }
  await db.rows(sql`delete from access_run where written_at < ${late}`)
  return count
}

/** Puts the rows of minutes that are older than a month together into rows of hours, an hour in one transaction. How many hours. */
export async function putHoursTogether(db: Database): Promise<number> {
  for (let hours = 0; hours < hoursMax; hours += 1) {
    const isDone = await db.transaction('system', { kind: 'system' }, putNextHourTogether)
    if (isDone) return hours
  }
  return hoursMax
}

/** The oldest hour that is still told by the minute. True where there is none that is old enough. */
async function putNextHourTogether(tx: Db): Promise<boolean> {
  // The row's lock: of several processes one works. What is older than the mark was of the clock of another machine: it stays as it is.
  const [next] = await tx.rows<{ hour: string | null }>(sql`
    select (select date_trunc('hour', min(${utc(sql`a.minute`)})) at time zone 'UTC'
              from access a
             where ${utc(sql`a.minute`)} >= ${utc(sql`h.until`)}
               and ${utc(sql`a.minute`)} < ${utc(sql`date_trunc('hour', statement_timestamp() - make_interval(days => ${minuteDays}))`)}) as "hour"
      from access_hours h
       for update`)
  if (!next?.hour) return true
  const begin = sql`${next.hour}::timestamptz`
  const end = sql`(${next.hour}::timestamptz + interval '1 hour')`
  await tx.rows(sql`
    with gone as (
      delete from access a
       where ${utc(sql`a.minute`)} >= ${utc(begin)} and ${utc(sql`a.minute`)} < ${utc(end)}
      returning a.organization_id, a.reader_id, a.operation, a.status, a.address, a.company_id, a.company_name, a.reader_kind, a.key_name,
                a.first_at, a.last_at, a.requests, a.objects, a.bytes, a.lines)
    insert into access (organization_id, minute, reader_id, operation, status, address, company_id, company_name, reader_kind, key_name,
                        first_at, last_at, requests, objects, bytes, lines)
    select organization_id, ${begin}, reader_id, operation, status, address, max(company_id), max(company_name), max(reader_kind), max(key_name),
           min(first_at), max(last_at), sum(requests)::integer, sum(objects)::bigint, sum(bytes)::bigint, sum(lines)::bigint
      from gone
     group by organization_id, reader_id, operation, status, address`)
  await tx.rows(sql`update access_hours set until = ${end}`)
  return false
}

/** Takes from where a person read out of the history. That it was read stays, under the person's id. */
export async function forgetAddresses(tx: Db, person: string): Promise<void> {
  await tx.rows(sql`
    with gone as (
      delete from access where reader_id = ${person} and reader_kind = 'person'
      returning organization_id, minute, reader_id, operation, status, company_id, company_name, reader_kind, first_at, last_at, requests,
                objects, bytes, lines)
    insert into access (organization_id, minute, reader_id, operation, status, address, company_id, company_name, reader_kind,
                        first_at, last_at, requests, objects, bytes, lines)
    select organization_id, minute, reader_id, operation, status, '', max(company_id), max(company_name), max(reader_kind), min(first_at), max(last_at),
           sum(requests)::integer, sum(objects)::bigint, sum(bytes)::bigint, sum(lines)::bigint
      from gone
     group by organization_id, minute, reader_id, operation, status`)
}
