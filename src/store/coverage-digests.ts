import sql from 'sql-template-tag'
import type { CoverageMails } from '../domain/account.ts'
import type { Db } from './database.ts'
import { administratorsOf, type Recipient } from './members.ts'

/** Changes that one digest tells; it says how many more there were. */
const changesMax = 200
/** The hour of the day (UTC) at which digests are due. */
const dueHour = 6
/** What was begun before that, and is not committed yet, waits for the next digest. */
const settledAfter = sql`interval '1 minute'`
const nextDue = sql`(date_trunc('day', statement_timestamp() at time zone 'UTC') + interval '1 day' + make_interval(hours => ${dueHour})) at time zone 'UTC'`

/** The reasons of the feed of coverage that have no other mail: consents are told by receipts, an end of a partnership by itself. */
export const mailedReasons = ['subscription_started', 'subscription_ended', 'suspended', 'resumed'] as const

/** How a member is told of changes of the coverage. */
export async function coverageMailsOf(db: Db, memberId: string): Promise<CoverageMails> {
  const rows = await db.rows(sql`select 1 as one from coverage_digest where member_id = ${memberId} and ends_at is null`)
  return rows.length > 0 ? 'daily' : 'at once'
}

/** Has a partner's member told daily, or at once, from now on: what was gathered until then is told soon. */
export async function chooseCoverageMails(
  tx: Db,
  member: { memberId: string; companyId: string },
  how: CoverageMails,
): Promise<void> {
  const { memberId, companyId } = member
  if (how === 'at once') {
    await tx.rows(sql`
      update coverage_digest
         set ends_at = statement_timestamp(), due_at = statement_timestamp() + 2 * ${settledAfter}
       where member_id = ${memberId} and ends_at is null`)
    return
  }
  // Whoever tells of the feed holds this row: what it has not told by now, it leaves to the digest.
  const [head] = await tx.rows<{ told: number }>(sql`select told from coverage_head where company_id = ${companyId} for update`)
  await tx.rows(sql`
    insert into coverage_digest (member_id, since, told, due_at)
    values (${memberId}, statement_timestamp() - ${settledAfter}, ${head?.told ?? 0}, ${nextDue})
    on conflict (member_id) do update set ends_at = null, due_at = excluded.due_at`)
}

/** The administrators of a partner who are told at once of what changes in its coverage. */
export async function toldAtOnce(db: Db, company: string): Promise<Recipient[]> {
  const daily = await db.rows<{ personId: string }>(sql`
    select m.person_id as "personId"
      from coverage_digest d
      join member m on m.id = d.member_id
     where m.company_id = ${company} and d.ends_at is null`)
  const people = new Set(daily.map(({ personId }) => personId))
  return (await administratorsOf(db, company)).filter(({ personId }) => !people.has(personId))
}

/** A digest that is due; without changes there is nothing to tell. */
export interface DueDigest {
  companyId: string
  email: string
  changes: { organizationName: string; event: string; at: string }[]
  more: number
}

/**
 * Takes a digest that is due and nobody else is at: the next begins where it ends. Of consents it has all that happened, otherwise each customer's last change. Null: none is.
 * Nobody's `email`: it is no administrator now.
 */
export async function takeDueDigest(tx: Db): Promise<(Omit<DueDigest, 'email'> & { email: string | null }) | null> {
  const [due] = await tx.rows<{
    memberId: string
    companyId: string
    since: string
    until: string
    told: number
    ends: boolean
  }>(sql`
    select d.member_id as "memberId", m.company_id as "companyId", d.since::text as "since", d.told,
           coalesce(d.ends_at, statement_timestamp() - ${settledAfter})::text as "until", d.ends_at is not null as "ends"
      from coverage_digest d
      join member m on m.id = d.member_id
     where d.due_at <= statement_timestamp()
     order by d.due_at
     limit 1
       for update of d skip locked`)
  if (due === undefined) return null
  const { memberId, companyId, since, until, told, ends } = due
  // Before the changes: what is committed between is told the next time.
  const [head] = await tx.rows<{ told: number }>(sql`select told from coverage_head where company_id = ${companyId}`)
  const changes = await tx.rows<{ organizationName: string; event: string; at: string; count: number }>(sql`
    select o.name as "organizationName", x.event, x.at, count(*) over () as "count"
      from (select r.customer_id as organization_id, 'consent_' || r.event as event, r.made_at as at
              from consent_receipt r
             where r.partner_id = ${companyId} and r.made_at > ${since}::timestamptz and r.made_at <= ${until}::timestamptz
             union all
            select c.organization_id, c.reason, c.changed_at
              from coverage_change c
             where c.company_id = ${companyId} and c.changed_offset > ${told} and c.changed_offset <= ${head?.told ?? 0}
               and c.reason = any (${[...mailedReasons]}::text[])
               and (${!ends} or c.changed_at <= ${until}::timestamptz)) x
      join company o on o.id = x.organization_id
     order by x.at, o.name
     limit ${changesMax}`)
  const [to] = await tx.rows<{ email: string }>(sql`
    select p.email
      from valid_member v
      join person p on p.id = v.person_id
     where v.id = ${memberId} and v.role = 'administrator'`)
  await tx.rows(
    ends
      ? sql`delete from coverage_digest where member_id = ${memberId}`
      : sql`update coverage_digest set since = ${until}::timestamptz, told = ${head?.told ?? 0}, due_at = ${nextDue} where member_id = ${memberId}`,
  )
  return {
    companyId,
    email: to?.email ?? null,
    changes: changes.map(({ organizationName, event, at }) => ({ organizationName, event, at })),
    more: Math.max(0, (changes[0]?.count ?? 0) - changes.length),
  }
}
