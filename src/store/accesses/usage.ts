import sql, { empty } from 'sql-template-tag'
import type { KeyUsage } from '../../domain/key-usage.ts'
import type { Db } from '../database.ts'

/**
 * How a key of a company was used (null: all of its keys together), by the hour or day (of a time zone), the oldest first; hours without any are
 * left out. `member` is who asks: of another company's key there is nothing.
 */
export async function usageOf(
  db: Db,
  { companyId, memberId }: { companyId: string; memberId: string },
  key: string | null,
  { from, to, step, zone }: { from: string; to: string; step: 'hour' | 'day'; zone: string },
): Promise<KeyUsage[]> {
  return db.rows<KeyUsage>(sql`
    select date_trunc(${step}, a.minute, ${zone}) as "from", sum(a.requests)::bigint as "requests",
           coalesce(sum(a.requests) filter (where a.status >= 400), 0)::bigint as "errors", sum(a.objects)::bigint as "objects",
           sum(a.bytes)::bigint as "bytes", sum(a.lines)::bigint as "lines"
      from made_access a
     where a.caller = ${memberId} and a.company_id = ${companyId} and a.reader_kind = 'key'
           ${key === null ? empty : sql`and a.reader_id = ${key}`}
       and a.minute >= ${from}::timestamptz and a.minute < ${to}::timestamptz
     group by 1
     order by 1`)
}

/** When each company last read of an organization, by the company's id. */
export async function lastReadsOf(db: Db, organizationId: string): Promise<Map<string, string>> {
  const rows = await db.rows<{ id: string; at: string }>(sql`
    select company_id as "id", read_at as "at" from last_read where organization_id = ${organizationId}`)
  return new Map(rows.map(({ id, at }) => [id, at]))
}
