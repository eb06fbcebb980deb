import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/** How many there are of what is kept for a while and is no data of devices, and since when the oldest; null: there is none. */
export interface KeptCounts {
  accesses: number
  oldestAccessAt: string | null
  mails: number
  oldestMailAt: string | null
  closedCompanies: number
  oldestClosedAt: string | null
  acts: number
  accessDays: number
}

/** Counts it, as the system: over all companies. */
export async function keptCounts(db: Db): Promise<KeptCounts> {
  const [row] = await db.rows<KeptCounts>(sql`
    select a.count as "accesses", a.oldest as "oldestAccessAt", m.count as "mails", m.oldest as "oldestMailAt",
           o.count as "closedCompanies", o.oldest as "oldestClosedAt", (select seq from act_head) as "acts",
           (select access_days from installation_setting) as "accessDays"
      from (select count(*) as count, min(first_at) as oldest from access) a,
           (select count(*) as count, min(created_at) as oldest from mail) m,
           (select count(*) as count, min(closed_at) as oldest from company where closed_at is not null) o`)
  if (row === undefined) throw new Error('a look over what is kept gave nothing')
  return row
}

/** Somebody whose requests were refused because there were too many. */
export interface RefusedReader {
  companyId: string
  companyName: string
  keyId: string | null
  keyName: string | null
  requests: number
  lastAt: string
}

const readersMax = 100

/** By whom device data were asked for too often in the last hours, as the history of accesses has it: the most first. */
export async function refusedReaders(db: Db, hours: number): Promise<RefusedReader[]> {
  return db.rows<RefusedReader>(sql`
    select a.company_id as "companyId", max(a.company_name) as "companyName", case a.reader_kind when 'key' then a.reader_id end as "keyId",
           max(a.key_name) as "keyName", sum(a.requests)::bigint as "requests", max(a.last_at) as "lastAt"
      from access a
     where a.minute at time zone 'UTC' >= (statement_timestamp() - make_interval(hours => ${hours})) at time zone 'UTC' and a.status = 429
     group by a.company_id, a.reader_kind, case a.reader_kind when 'key' then a.reader_id end
     order by 5 desc, 1, 3
     limit ${readersMax}`)
}
