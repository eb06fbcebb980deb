import sql, { empty, join, type Sql } from 'sql-template-tag'
import { actorKinds } from '../domain/activity.ts'
import { placesOf } from './acts.ts'

/** Which acts are meant. Times are ISO text, the second one not included. */
export interface ActivityFilter {
  from?: string | undefined
  to?: string | undefined
  /** A verb (`key.created`), or what is before its dot (`key`). */
  verb?: string | undefined
  /** Who did it: an id, or a kind of actor. */
  actor?: string | undefined
}

/**
 * Numbers of acts before act `before` (null: from the newest on), the newest first, at most `limit`. Whatever is asked for, an index has just that
 * in this order (0044-acts-by-index.sql): no act is read that is not among the newest of its verb and its kind of actor. In the order of time, by
 * which days are asked for; it is the record's but where a clock was set back.
 */
export function newestActs(company: string | null, filter: ActivityFilter, before: number | null, limit: number): Sql {
  const { from, to, verb, actor } = filter
  const time = sql`
    ${before === null ? sql`true` : sql`(a.at, a.seq) < (coalesce((select b.at from shown_act b where b.seq <= ${before}::bigint order by b.seq desc limit 1), '-infinity'), ${before}::bigint)`}
    ${from === undefined ? empty : sql` and a.at >= ${from}::timestamptz`}
    ${to === undefined ? empty : sql` and a.at < ${to}::timestamptz`}`
  const newest = (which: Sql) => sql`
    select a.seq, a.at from shown_act a where ${which} and ${time} order by a.at desc, a.seq desc limit ${limit}`
  const kind = actorKinds.find((one) => one === actor)
  const parts = placesOf(company).map((place) => {
    if (verb === undefined && actor === undefined) return sql`(${newest(place)})`
    return ofEachVerb(
      kind === undefined && actor !== undefined ? sql`${place} and a.actor_id = ${actor}` : place,
      verb,
      kind,
      newest,
    )
  })
  return sql`select n.seq from (${join(parts, ' union all ')}) n order by n.at desc, n.seq desc limit ${limit}`
}

/**
 * The newest acts of each verb and kind of actor that there are `among` some. Those pairs, of which there are few, are found by going from one to
 * the next in the index.
 */
function ofEachVerb(among: Sql, verb: string | undefined, kind: string | undefined, newest: (which: Sql) => Sql): Sql {
  const which = sql`${among}${verb === undefined ? empty : sql` and ${isVerb(verb)}`}`
  const first = (more: Sql) => sql`
    select a.verb, a.actor_kind from shown_act a where ${which}${more} order by a.verb, a.actor_kind limit 1`
  return sql`(
    with recursive pair (verb, kind) as (
      (${first(empty)})
       union all
      select n.verb, n.actor_kind
        from pair p
       cross join lateral (${first(sql` and (a.verb, a.actor_kind) > (p.verb, p.kind)`)}) n)
    select n.seq, n.at
      from pair p
     cross join lateral (${newest(sql`${among} and a.verb = p.verb and a.actor_kind = p.kind`)}) n
     ${kind === undefined ? empty : sql`where p.kind = ${kind}`})`
}

/** A noun's verbs lie between its dot and the character that comes next. */
function isVerb(verb: string): Sql {
  return verb.includes('.') ? sql`a.verb = ${verb}` : sql`a.verb >= ${`${verb}.`} and a.verb < ${`${verb}/`}`
}
