import sql, { type Sql } from 'sql-template-tag'
import type { Activity } from '../domain/activity.ts'
import { type ActsReader, ownAlone } from './acts.ts'
import { type ActivityFilter, newestActs } from './acts-by-index.ts'
import type { Db } from './database.ts'
import { nameOf } from './names.ts'
import { present } from './present.ts'

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
  reader: ActsReader,
  filter: ActivityFilter,
  before: number | null,
  limit: number,
): Promise<Activity[]> {
  const { company, memberId } = reader
  const ownActor = company === null ? sql`true` : sql`a.actor_company_id = ${company}`
  // Row by row: the planner does not know how few there are, and what each costs to name would weigh in otherwise.
  const rows = await db.rows<ActivityRow>(sql`
    with n as materialized (${newestActs(company, filter, before, limit)})
    select a.seq, a.at, a.verb, a.record, case when ${ownAlone(company)} then (select q.data from act_personal q where q.seq = a.seq) end as "personal",
           ${nameOf('company', sql`a.actor_company_id`)} as "companyName",
           case when ${ownActor}
                then coalesce(${nameOf('person', sql`a.actor_id`)}, ${nameOf('access_token', sql`a.actor_id`)},
                              ${nameOf('gateway', sql`a.actor_id`)}) end as "actorName",
           case a.subject_kind
                when 'key' then ${nameOf('api_key', sql`a.subject_id`)}
                when 'gateway' then ${nameOf('gateway', sql`a.subject_id`)}
                when 'device' then ${labelOfAct(memberId)}
                when 'location' then ${labelOfAct(memberId)} end as "subjectName"
      from n
     cross join lateral (select x.* from shown_act x where x.seq = n.seq offset 0) a
     order by a.at desc, a.seq desc`)
  return rows.map(activityOf)
}

/** What a device or location was called as the act was done, where `caller` is covered for that (I1). */
function labelOfAct(caller: string | null): Sql {
  return sql`(select l.label from covered_act_label l where l.caller = ${caller} and l.seq = a.seq)`
}

function activityOf({ seq, at, verb, record, personal, actorName, companyName, subjectName }: ActivityRow): Activity {
  const { actor, subject, details } = JSON.parse(record) as Recorded
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
