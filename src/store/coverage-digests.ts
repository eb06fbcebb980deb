import sql from 'sql-template-tag'
import type { CoverageMails } from '../domain/account.ts'
import type { Db } from './database.ts'
import { administratorsOf, type Recipient } from './members.ts'

/** Changes that one digest tells; it says how many more there were. */
const changesMax = 200
/** The hour of the day (UTC) at which digests are due. */
const dueHour = 6
const nextDue = sql`(date_trunc('day', statement_timestamp() at time zone 'UTC') + interval '1 day' + make_interval(hours => ${dueHour})) at time zone 'UTC'`

/** The reasons of the feed of coverage that have no other mail: consents are told by receipts, an end of a partnership by itself. */
export const mailedReasons = ['subscription_started', 'subscription_ended', 'suspended', 'resumed'] as const

/** How a member is told of changes of the coverage. */
export async function coverageMailsOf(db: Db, memberId: string): Promise<CoverageMails> {
  const rows = await db.rows(sql`select 1 as one from coverage_digest where member_id = ${memberId}`)
  return rows.length > 0 ? 'daily' : 'at once'
}

/** Has a partner's member told daily, or at once, from now on: what was gathered until then is told soon. */
export async function chooseCoverageMails(tx: Db, memberId: string, how: CoverageMails): Promise<void> {
  await tx.rows(
    how === 'at once'
      ? sql`delete from coverage_digest where member_id = ${memberId}`
      : sql`insert into coverage_digest (member_id) values (${memberId}) on conflict do nothing`,
  )
}

/** A change that a partner's people are told of. `event`: what became of a consent, or a reason of the feed. */
export interface ChangeToTell {
  organizationId: string
  event: string
  at: string
}

/**
 * The administrators of a partner who are to be told of changes at once. For whoever wants one mail a day they are noted, in this transaction and by
 * the same look at what each has chosen: so each is told once, whenever somebody chooses otherwise.
 */
export async function toldAtOnce(tx: Db, company: string, changes: readonly ChangeToTell[]): Promise<Recipient[]> {
  const daily = await tx.rows<{ memberId: string; personId: string }>(sql`
    select d.member_id as "memberId", m.person_id as "personId"
      from coverage_digest d
      join member m on m.id = d.member_id
     where m.company_id = ${company}`)
  if (daily.length > 0) {
    await tx.rows(sql`
      insert into coverage_digest_change (member_id, organization_id, event, at, due_at)
      select m.id, x."organizationId", x.event, x.at, ${nextDue}
        from unnest(${daily.map(({ memberId }) => memberId)}::text[]) m (id)
       cross join json_to_recordset(${JSON.stringify(changes)}::text::json) as x("organizationId" text, event text, at timestamptz)`)
  }
  const people = new Set(daily.map(({ personId }) => personId))
  return (await administratorsOf(tx, company)).filter(({ personId }) => !people.has(personId))
}

/** What a member is told by one mail. */
export interface DueDigest {
  companyId: string
  /** Nobody's: it is no administrator now. */
  email: string | null
  changes: { organizationName: string; event: string; at: string }[]
  more: number
}

/** Takes all that a member is still to be told, where some of it is due, or the member is told at once by now; nobody else is at it. Null: there is none. */
export async function takeDueDigest(tx: Db): Promise<DueDigest | null> {
  const [due] = await tx.rows<{ memberId: string; companyId: string }>(sql`
    select m.id as "memberId", m.company_id as "companyId"
      from member m
     where m.id in (
           select c.member_id
             from coverage_digest_change c
            where c.due_at <= statement_timestamp() or not exists (select from coverage_digest d where d.member_id = c.member_id))
     limit 1
       for no key update skip locked`)
  if (due === undefined) return null
  const changes = await tx.rows<{ organizationName: string; event: string; at: string }>(sql`
    with taken as (
         delete from coverage_digest_change where member_id = ${due.memberId} returning organization_id, event, at)
    select o.name as "organizationName", t.event, t.at
      from taken t
      join company o on o.id = t.organization_id
     order by t.at, o.name`)
  const [to] = await tx.rows<{ email: string }>(sql`
    select p.email
      from valid_member v
      join person p on p.id = v.person_id
     where v.id = ${due.memberId} and v.role = 'administrator'`)
  return {
    companyId: due.companyId,
    email: to?.email ?? null,
    changes: changes.slice(0, changesMax),
    more: Math.max(0, changes.length - changesMax),
  }
}

/** Takes away what nobody is to be told any more, since the member has gone. */
export async function forgetOrphanedChanges(db: Db): Promise<void> {
  await db.rows(sql`delete from coverage_digest_change c where not exists (select from member m where m.id = c.member_id)`)
}
