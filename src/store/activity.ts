import sql, { empty } from 'sql-template-tag'
import type { Activity } from '../domain/activity.ts'
import type { Db } from './database.ts'
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

/**
 * Acts before act `before` (null: from the newest on), the newest first, at most `limit`. `company`: those that concern it, with names and
 * addresses of what it did itself; null: all, with all of them (for the vendor).
 */
export async function activityBefore(
  db: Db,
  company: string | null,
  { from, to, verb, actor }: ActivityFilter,
  before: number | null,
  limit: number,
): Promise<Activity[]> {
  const ownActor = company === null ? sql`true` : sql`a.record::jsonb #>> '{actor,company}' = ${company}`
  const personal =
    company === null ? sql`true` : sql`a.record::jsonb -> 'companies' = jsonb_build_array(${company}::text) and ${ownActor}`
  const rows = await db.rows<ActivityRow>(sql`
    select a.seq, a.at, a.verb, a.record, q.data as "personal", o.name as "companyName",
           coalesce(p.name, t.name, g.name) as "actorName", coalesce(k.name, h.name) as "subjectName"
      from (select a.* from act a
             where ${company === null ? sql`true` : sql`a.record::jsonb -> 'companies' ? ${company}`}
               ${before === null ? empty : sql` and a.seq < ${before}::bigint`}
               ${from === undefined ? empty : sql` and a.at >= ${from}::timestamptz`}
               ${to === undefined ? empty : sql` and a.at < ${to}::timestamptz`}
               ${verb === undefined ? empty : sql` and (a.verb = ${verb} or split_part(a.verb, '.', 1) = ${verb})`}
               ${actor === undefined ? empty : sql` and ${actor} in (a.record::jsonb #>> '{actor,id}', a.record::jsonb #>> '{actor,kind}')`}
             order by a.seq desc
             limit ${limit}) a
      left join act_personal q on q.seq = a.seq and ${personal}
      left join company o on o.id = a.record::jsonb #>> '{actor,company}'
      left join person p on p.id = a.record::jsonb #>> '{actor,id}' and ${ownActor}
      left join access_token t on t.id = a.record::jsonb #>> '{actor,id}' and ${ownActor}
      left join gateway g on g.id = a.record::jsonb #>> '{actor,id}' and ${ownActor}
      left join api_key k on k.id = a.record::jsonb #>> '{subject,id}' and a.record::jsonb #>> '{subject,kind}' = 'key'
      left join gateway h on h.id = a.record::jsonb #>> '{subject,id}' and a.record::jsonb #>> '{subject,kind}' = 'gateway'
     order by a.seq desc`)
  return rows.map(activityOf)
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
