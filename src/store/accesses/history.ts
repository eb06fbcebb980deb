import sql, { empty, type Sql } from 'sql-template-tag'
import type { AccessGap, AccessOutcome, AccessReader, AccessSum, ReadAccess } from '../../domain/data-access.ts'
import type { Db } from '../database.ts'
import { nameOf } from '../names.ts'
import { present } from '../present.ts'

/** A run that has written nothing for so long is gone: it says that it goes on every few seconds. */
const silentMs = 15_000
const gapsMax = 100
const sumsMax = 10_000
const readersMax = 1000

/** A customer, and its member who asks: the views show the rows of the one to the other. */
export interface Customer {
  id: string
  memberId: string
}

/** Which accesses are meant. Times are ISO text, the second one not included. */
export interface AccessFilter {
  from: string
  to: string
  companyId?: string | undefined
  readerId?: string | undefined
  operation?: string | undefined
  outcome?: AccessOutcome | undefined
}

/** The place of a row in the order in which they are listed. */
export type AccessPlace = Pick<AccessRow, 'minute' | 'readerId' | 'operation' | 'status' | 'address'>

interface AccessRow extends Omit<ReadAccess, 'reader'> {
  companyId: string
  companyName: string
  readerKind: 'key' | 'person'
  readerId: string
  readerName: string | null
}

const outcomes: Record<AccessOutcome, Sql> = {
  read: sql` and a.status < 400`,
  refused: sql` and a.status = 403`,
  failed: sql` and a.status >= 400 and a.status <> 403`,
}

function meant({ id, memberId }: Customer, { from, to, companyId, readerId, operation, outcome }: AccessFilter): Sql {
  return sql`
    a.caller = ${memberId} and a.organization_id = ${id} and a.minute >= ${from}::timestamptz and a.minute < ${to}::timestamptz
      ${companyId === undefined ? empty : sql` and a.company_id = ${companyId}`}
      ${readerId === undefined ? empty : sql` and a.reader_id = ${readerId}`}
      ${operation === undefined ? empty : sql` and a.operation = ${operation}`}
      ${outcome === undefined ? empty : outcomes[outcome]}`
}

function readerName(kind: Sql, id: Sql): Sql {
  return sql`case when ${kind} = 'person' then ${nameOf('person', id)} end`
}

/** Accesses to a customer's data, the newest first, behind `after` (null: from the newest on), at most `limit`. */
export async function accessesOf(
  db: Db,
  customer: Customer,
  filter: AccessFilter,
  after: AccessPlace | null,
  limit: number,
): Promise<ReadAccess[]> {
  const rows = await db.rows<AccessRow>(accessesStatement(customer, filter, after, limit))
  return rows.map(({ companyId, companyName, readerKind, readerId, readerName, ...row }) => ({
    ...row,
    reader: present({ companyId, companyName, kind: readerKind, id: readerId, name: readerName }),
  }))
}

/** As the statement that a test looks up the plan of. */
export function accessesStatement(customer: Customer, filter: AccessFilter, after: AccessPlace | null, limit: number): Sql {
  const behind =
    after === null
      ? empty
      : sql` and (a.minute, a.reader_id, a.operation, a.status, a.address)
                 < (${after.minute}::timestamptz, ${after.readerId}, ${after.operation}, ${after.status}::smallint, ${after.address})`
  return sql`
    select x.minute, x.company_id as "companyId", x.company_name as "companyName", x.reader_kind as "readerKind", x.reader_id as "readerId",
           coalesce(x.key_name, ${readerName(sql`x.reader_kind`, sql`x.reader_id`)}) as "readerName", x.operation, x.status, x.address, x.first_at as "firstAt", x.last_at as "lastAt",
           x.requests, x.objects, x.bytes, x.lines
      from (select * from received_access a
             where ${meant(customer, filter)}${behind}
             order by a.minute desc, a.reader_id desc, a.operation desc, a.status desc, a.address desc
             limit ${limit}) x
     order by x.minute desc, x.reader_id desc, x.operation desc, x.status desc, x.address desc`
}

/** Where a row stands: what `accessesOf` goes on behind. */
export function placeOf({ minute, reader, operation, status, address }: ReadAccess): AccessPlace {
  return { minute, readerId: reader.id, operation, status, address }
}

interface SumRow extends Omit<AccessSum, 'reader'> {
  companyId: string
  companyName: string
  readerKind: 'key' | 'person'
  readerId: string
  readerName: string | null
}

/** Each reader's accesses by the hour or day of a time zone, the newest first. `zone`: one that PostgreSQL knows. */
export async function accessSumsOf(
  db: Db,
  customer: Customer,
  filter: AccessFilter,
  step: 'hour' | 'day',
  zone: string,
): Promise<AccessSum[]> {
  // Where the hours or days of its zone begin is asked for each quarter of an hour, and each row finds its own among them: to ask for each row costs
  // much more, and no zone is off by less than a quarter. Where clocks go back over midnight, a day begins behind its first quarters.
  const rows = await db.rows<SumRow>(sql`
    with period as materialized (
      select array_agg(b.start order by b.start) as starts
        from (select distinct date_trunc(${step}, q.quarter, ${zone}) as start
                from generate_series(date_bin('15 minutes', ${filter.from}::timestamptz, 'epoch'), ${filter.to}::timestamptz, '15 minutes') as q(quarter)) b)
    select x.*, (select starts from period)[x.place] as "from", coalesce(x."keyName", ${readerName(sql`x."readerKind"`, sql`x."readerId"`)}) as "readerName"
      from (select greatest(1, width_bucket(a.minute, (select starts from period))) as place, a.company_id as "companyId",
                   max(a.company_name) as "companyName", a.reader_kind as "readerKind", a.reader_id as "readerId", max(a.key_name) as "keyName",
                   sum(a.requests) filter (where a.status = 403) as "refused",
                   sum(a.requests) filter (where a.status >= 400 and a.status <> 403) as "failed", min(a.first_at) as "firstAt",
                   max(a.last_at) as "lastAt", sum(a.requests) as "requests", sum(a.objects)::bigint as "objects",
                   sum(a.bytes)::bigint as "bytes", sum(a.lines)::bigint as "lines"
              from received_access a
             where ${meant(customer, filter)}
             group by 1, a.company_id, a.reader_kind, a.reader_id
             order by 1 desc, a.company_id, a.reader_id
             limit ${sumsMax}) x
     order by x.place desc, x."companyName", "readerName", x."readerId"`)
  return rows.map(({ from, refused, failed, firstAt, lastAt, requests, objects, bytes, lines, ...reader }) => ({
    from,
    reader: readerOf(reader),
    refused: refused ?? 0,
    failed: failed ?? 0,
    ...{ firstAt, lastAt, requests, objects, bytes, lines },
  }))
}

function readerOf(row: Pick<SumRow, 'companyId' | 'companyName' | 'readerKind' | 'readerId' | 'readerName'>): AccessReader {
  return present({
    companyId: row.companyId,
    companyName: row.companyName,
    kind: row.readerKind,
    id: row.readerId,
    name: row.readerName,
  })
}

/** Who has accessed a customer's data in that time, and by which operations: what can be filtered by. */
export async function accessReadersOf(
  db: Db,
  customer: Customer,
  range: Pick<AccessFilter, 'from' | 'to'>,
): Promise<{ readers: AccessReader[]; operations: string[] }> {
  const rows = await db.rows<Parameters<typeof readerOf>[0] & { operations: string[] }>(sql`
    select x.*, coalesce(x."keyName", ${readerName(sql`x."readerKind"`, sql`x."readerId"`)}) as "readerName"
      from (select o.company_id as "companyId", max(o.company_name) as "companyName", o.reader_kind as "readerKind", o.reader_id as "readerId",
                   max(o.key_name) as "keyName", array_agg(o.operation) as "operations"
              from (select a.company_id, max(a.company_name) as company_name, a.reader_kind, a.reader_id, max(a.key_name) as key_name, a.operation
                      from received_access a
                     where ${meant(customer, range)}
                     group by a.company_id, a.reader_kind, a.reader_id, a.operation) o
             group by o.company_id, o.reader_kind, o.reader_id
             limit ${readersMax}) x
     order by x."companyName", "readerName", x."readerId"`)
  return { readers: rows.map(readerOf), operations: [...new Set(rows.flatMap(({ operations }) => operations))].sort() }
}

/**
 * Times of which accesses may be missing, the newest first: from the last write of a run that broke off, to when a run next began. Until one
 * does, it lasts.
 */
export async function accessGapsOf(db: Db, { from, to }: Pick<AccessFilter, 'from' | 'to'>, now: Date): Promise<AccessGap[]> {
  const rows = await db.rows<{ from: string; to: string | null }>(sql`
    select r.written_at as "from", n.started_at as "to"
      from access_run r
     cross join lateral (select min(x.started_at) as started_at from access_run x where x.started_at > r.written_at) n
     where r.ended_at is null and r.written_at < ${new Date(now.getTime() - silentMs).toISOString()}::timestamptz
       and r.written_at < ${to}::timestamptz and coalesce(n.started_at, 'infinity') > ${from}::timestamptz
     order by r.written_at desc
     limit ${gapsMax}`)
  return rows.map(present)
}
