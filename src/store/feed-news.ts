import sql, { raw } from 'sql-template-tag'
import type { Db } from './database.ts'

/** Who tells of changes in feeds: by webhooks, of both that there is news of, or by mails, of alarms. */
export type Teller = 'webhooks' | 'mails'

export interface Feed {
  organizationId: string
  family: 'alarms' | 'inventory'
}

/** A feed is looked at again after so long, where nothing came of a look. */
const againMs = 1_000

/**
 * Takes feeds with news that are due, at most `max`, the longest due first, and puts them off: so two who look seldom meet, and none is forgotten,
 * whatever becomes of the look. Whoever writes to such a feed waits for the transaction: so this is one of its own, as `newsOver` is, and what a look
 * waits for comes between the two.
 */
export function dueNews(db: Db, teller: Teller, max: number): Promise<Feed[]> {
  return db.rows<Feed>(sql`
    with due as materialized (
         select n.organization_id, n.family
           from feed_news n
          where n.teller = ${teller} and n.due_at <= statement_timestamp()
          order by n.due_at
          -- In the statement's text: the planner is to know how few they are.
          limit ${raw(String(max))}
            for update skip locked)
    update feed_news n
       set due_at = statement_timestamp() + ${againMs}::float8 * interval '1 millisecond'
      from due d
     where n.organization_id = d.organization_id and n.family = d.family and n.teller = ${teller}
    returning n.organization_id as "organizationId", n.family`)
}

/** Takes the news away of feeds of which all up to a head was told, or passed over. What has moved on stays, and what somebody writes to just now. */
export async function newsOver(db: Db, teller: Teller, feeds: readonly (Feed & { head: number })[]): Promise<void> {
  if (feeds.length === 0) return
  await db.rows(sql`
    with free as materialized (
         select n.organization_id, n.family
           from unnest(${feeds.map(({ organizationId }) => organizationId)}::text[], ${feeds.map(({ family }) => family)}::text[],
                       ${feeds.map(({ head }) => head)}::bigint[]) x (organization_id, family, head)
           join feed_news n on n.organization_id = x.organization_id and n.family = x.family and n.teller = ${teller} and n.head <= x.head
            for update of n skip locked)
    delete from feed_news n using free f where n.organization_id = f.organization_id and n.family = f.family and n.teller = ${teller}`)
}

/** The news `news` of feeds, as of one moment. */
export function newsOf(teller: Teller, feeds: readonly Feed[]) {
  return sql`
    select x.organization_id, x.family, x.head
      from unnest(${feeds.map(({ organizationId }) => organizationId)}::text[], ${feeds.map(({ family }) => family)}::text[]) l (organization_id, family)
     cross join lateral (
           select n.organization_id, n.family, n.head
             from feed_news n
            where n.organization_id = l.organization_id and n.family = l.family and n.teller = ${teller}
            limit 1) x`
}

/**
 * Takes the news away of an organization's feeds that webhooks were told up to their heads; what is left is due now. Last in its transaction, for whoever writes to these feeds waits
 * for it; and where one has, there is more, and due.
 */
export async function newsTold(tx: Db, organizationId: string): Promise<void> {
  await tx.rows(sql`
    with free as materialized (
         select n.family, coalesce(n.head <= p.changed_offset, false) as over
           from feed_news n
           left join webhook_position p on p.organization_id = n.organization_id and p.family = n.family
          where n.organization_id = ${organizationId} and n.teller = 'webhooks'
            for update of n skip locked),
         over as (
         delete from feed_news n using free f where n.organization_id = ${organizationId} and n.teller = 'webhooks' and n.family = f.family and f.over)
    update feed_news n
       set due_at = statement_timestamp()
      from free f
     where n.organization_id = ${organizationId} and n.teller = 'webhooks' and n.family = f.family and not f.over`)
}
