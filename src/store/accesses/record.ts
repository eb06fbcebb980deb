import sql from 'sql-template-tag'
import type { AccessAmount, DataAccess } from '../../domain/data-access.ts'
import type { Db } from '../database.ts'

/** Accesses that are alike, of one minute. Times are ISO text. */
export interface AccessGroup extends DataAccess, AccessAmount {
  minute: string
  firstAt: string
  lastAt: string
}

/** A run of a process that gathers accesses from `at` on. */
export async function startAccessRun(db: Db, id: string, at: Date): Promise<void> {
  await db.rows(sql`
    insert into access_run (id, started_at, written_at) values (${id}, ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz)`)
}

/** Whether a run's row is there still. */
export async function isAccessRun(db: Db, id: string): Promise<boolean> {
  return (await db.rows(sql`select 1 as one from access_run where id = ${id}`)).length > 0
}

/** `cleanly`: all that it gathered is stored. Otherwise it stands as one that broke off at `at`. */
export async function endAccessRun(db: Db, id: string, at: Date, cleanly: boolean): Promise<void> {
  await db.rows(sql`
    update access_run
       set written_at = ${at.toISOString()}::timestamptz, ended_at = case when ${cleanly}::boolean then ${at.toISOString()}::timestamptz end
     where id = ${id}`)
}

/**
 * Stores all accesses that a run gathered up to `at`, in one statement, which adds to the rows that other processes have written. The batch with
 * the same number, tried again after its answer was lost, is stored once. An id that is no organization's is nobody's. False: the batch was stored
 * before, or the run's row is gone.
 */
export async function recordAccesses(
  db: Db,
  run: { id: string; batch: number; at: Date },
  groups: readonly AccessGroup[],
): Promise<boolean> {
  const rows = await db.rows(sql`
    with run as (
      update access_run set written_at = ${run.at.toISOString()}::timestamptz, batch = ${run.batch}
       where id = ${run.id} and batch < ${run.batch}
      returning 1),
    given as (
      select o.id as organization_id, g.minute, g.reader_id, g.operation, g.status, g.address, max(c.id) as company_id, max(c.name) as company_name,
             max(g.reader_kind) as reader_kind, max(k.name) as key_name, min(g.first_at) as first_at, max(g.last_at) as last_at, sum(g.requests)::integer as requests,
             sum(g.objects)::bigint as objects, sum(g.bytes)::bigint as bytes, sum(g.lines)::bigint as lines
        from json_to_recordset(${JSON.stringify(groups.map(columnsOf))}::json) as g (
             organization_id text, minute timestamptz, reader_id text, operation text, status smallint, address text, company_id text,
             reader_kind text, first_at timestamptz, last_at timestamptz, requests integer, objects bigint, bytes bigint, lines bigint)
        join company c on c.id = g.company_id
        left join company o on o.id = g.organization_id and o.kind in ('customer', 'demo')
        left join api_key k on k.id = g.reader_id and g.reader_kind = 'key'
       where exists (select from run)
       -- Of a person who changed companies within the minute, one is told.
       group by o.id, g.minute, g.reader_id, g.operation, g.status, g.address),
    reads as (
      insert into last_read (company_id, organization_id, read_at)
      select company_id, organization_id, max(last_at)
        from given
       where organization_id is not null and status < 400
       group by company_id, organization_id
       order by company_id, organization_id
          on conflict (company_id, organization_id) do update set read_at = greatest(last_read.read_at, excluded.read_at)),
    written as (
    insert into access (organization_id, minute, reader_id, operation, status, address, company_id, company_name, reader_kind, key_name,
                        first_at, last_at, requests, objects, bytes, lines)
    select organization_id, minute, reader_id, operation, status, address, company_id, company_name, reader_kind, key_name, first_at, last_at,
           requests, objects, bytes, lines
      from given
     -- Processes that write at once take the rows in one order.
     order by organization_id, minute, reader_id, operation, status, address
        on conflict (organization_id, minute, reader_id, operation, status, address) do update
           set first_at = least(access.first_at, excluded.first_at), last_at = greatest(access.last_at, excluded.last_at),
               requests = access.requests + excluded.requests, objects = access.objects + excluded.objects,
               bytes = access.bytes + excluded.bytes, lines = access.lines + excluded.lines)
    select 1 as one from run`)
  return rows.length > 0
}

function columnsOf(group: AccessGroup): Record<string, unknown> {
  return {
    organization_id: group.organizationId,
    minute: group.minute,
    reader_id: group.readerId,
    operation: group.operation,
    status: group.status,
    address: group.address,
    company_id: group.companyId,
    reader_kind: group.readerKind,
    first_at: group.firstAt,
    last_at: group.lastAt,
    requests: group.requests,
    objects: group.objects,
    bytes: group.bytes,
    lines: group.lines,
  }
}
