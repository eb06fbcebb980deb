import sql, { empty, type Sql } from 'sql-template-tag'
import type { Activity } from '../domain/activity.ts'
import type { Db } from './database.ts'
import { nameOf } from './names.ts'
import { present } from './present.ts'

/** Which acts are meant. Times are ISO text, the second one not included. */
export interface ActivityFilter {
  from?: string | undefined
  to?: string | undefined
  /** A verb (`key.created`), or what is before its dot (`key`). */
  verb?: string | undefined
  /** Who did it: an id, or a kind of actor. */
  actor?: string | undefined
}

/** Whose acts are told, and to whom. */
export interface ActivityReader {
  /** Whose acts: those that concern it, with names and addresses of what it did itself; null: all, with all of them (for the vendor). */
  company: string | null
  /** As the caller of the coverage, which says whether devices' and locations' labels are told; null: they are not. */
  memberId: string | null
}

interface ActivityRow {
  seq: number
  at: string
  verb: string
  record: string
  personal: string | null
  actorName: string | null
  companyName: string | null
  subjectName: string | null
}

interface Recorded {
  actor: { kind: string; id?: string }
  subject: { kind: string; id?: string | null }
  details: Record<string, unknown>
}

/** Acts before act `before` (null: from the newest on), the newest first, at most `limit`. */
export async function activityBefore(
  db: Db,
  { company, memberId }: ActivityReader,
  { from, to, verb, actor }: ActivityFilter,
  before: number | null,
  limit: number,
): Promise<Activity[]> {
  const ownActor = company === null ? sql`true` : sql`a.record::jsonb #>> '{actor,company}' = ${company}`
  const personal =
    company === null ? sql`true` : sql`a.record::jsonb -> 'companies' = jsonb_build_array(${company}::text) and ${ownActor}`
  const actorId = sql`a.record::jsonb #>> '{actor,id}'`
  const subjectId = sql`a.record::jsonb #>> '{subject,id}'`
  // Apart, so that the planner takes the acts by their index: what each row costs to name would weigh in otherwise.
  const rows = await db.rows<ActivityRow>(sql`
    with a as materialized (
      select a.seq, a.at, a.verb, a.record
        from act a
       where ${company === null ? sql`true` : sql`a.record::jsonb -> 'companies' ? ${company}`}
         ${before === null ? empty : sql` and a.seq < ${before}::bigint`}
         ${from === undefined ? empty : sql` and a.at >= ${from}::timestamptz`}
         ${to === undefined ? empty : sql` and a.at < ${to}::timestamptz`}
         ${verb === undefined ? empty : sql` and (a.verb = ${verb} or split_part(a.verb, '.', 1) = ${verb})`}
         ${actor === undefined ? empty : sql` and ${actor} in (a.record::jsonb #>> '{actor,id}', a.record::jsonb #>> '{actor,kind}')`}
       order by a.seq desc
       limit ${limit})
    select a.seq, a.at, a.verb, a.record, case when ${personal} then (select q.data from act_personal q where q.seq = a.seq) end as "personal",
           ${nameOf('company', sql`a.record::jsonb #>> '{actor,company}'`)} as "companyName",
           case when ${ownActor}
                then coalesce(${nameOf('person', actorId)}, ${nameOf('access_token', actorId)}, ${nameOf('gateway', actorId)}) end as "actorName",
           case a.record::jsonb #>> '{subject,kind}'
                when 'key' then ${nameOf('api_key', subjectId)}
                when 'gateway' then ${nameOf('gateway', subjectId)}
                when 'device' then ${labelOfAct(memberId)}
                when 'location' then ${labelOfAct(memberId)} end as "subjectName"
      from a
     order by a.seq desc`)
  return rows.map(activityOf)
}

/** What a device or location was called as the act was done, where `caller` is covered for that (I1). */
function labelOfAct(caller: string | null): Sql {
  return sql`(select l.label from covered_act_label l where l.caller = ${caller} and l.seq = a.seq)`
}

/** Acts of earlier versions say what a device or location was called. */
function withoutLabel({ label: _, ...details }: Recorded['details']): Recorded['details'] {
  return details
}

function activityOf({ seq, at, verb, record, personal, actorName, companyName, subjectName }: ActivityRow): Activity {
  const { actor, subject, details: recorded } = JSON.parse(record) as Recorded
  const details = subject.kind === 'device' || subject.kind === 'location' ? withoutLabel(recorded) : recorded
  const { from } = personal === null ? {} : (JSON.parse(personal) as { from?: string })
  const name = subjectName ?? (typeof details.name === 'string' ? details.name : null)
  return {
    seq,
    at,
    verb,
    actor: present({ kind: actor.kind, id: actor.id ?? null, name: actorName, companyName }),
    subject: present({ kind: subject.kind, id: subject.id ?? null, name }),
    details,
    ...(from === undefined ? {} : { from }),
  }
}
