import sql, { type Sql } from 'sql-template-tag'
import { severitiesByWeight } from '../domain/alarm.ts'
import type { OrganizationId } from '../domain/ids.ts'
import { companiesNear } from './companies-near.ts'
import type { Database, Db } from './database.ts'
import { placesWithin } from './devices.ts'
import { dueNews, type Feed, newsOf, newsOver } from './feed-news.ts'

/** Feeds that one look goes through, members that one look answers, and organizations of which one mail tells. */
const feedsMax = 200
const membersMax = 20
const organizationsMax = 100
/** Alarms that are read of one organization for one mail, the worst first. */
const alarmsMax = 20

/** An alarm as a mail tells it: what the member may know of it now. */
export interface ToldAlarm {
  organizationId: OrganizationId
  organization: string
  json: string
  /** Null: the inventory is not shared, or does not have it. */
  device: string | null
  /** Of its location, from the top down. */
  path: string[] | null
}

/** Whom a mail goes to. */
export interface ToldMember {
  memberId: string
  companyId: string
  companyKind: 'vendor' | 'partner' | 'customer' | 'demo'
  email: string
}

/**
 * Notes for members who want mails which organizations that they cover have news of alarms, and moves the feeds' positions on. Only whom an
 * organization is near is looked at. Whether there may be more.
 */
export async function noteAlarmNews(db: Db): Promise<boolean> {
  const due = await dueNews(db, 'mails', feedsMax)
  if (due.length === 0) return false
  const passed = await db.rows<Feed & { head: number }>(sql`
    with news as materialized (${newsOf('mails', due)}),
         noted as (
         insert into alarm_mail_news (member_id, organization_id, told, head)
         select a.member_id, n.organization_id, coalesce(p.changed_offset, 0), n.head
           from news n
           left join alarm_mail_position p on p.organization_id = n.organization_id
          cross join lateral ${companiesNear(sql`n.organization_id`)}
           join valid_member m on m.company_id = near.company_id
           join alarm_mail a on a.member_id = m.id and (a.organization_ids is null or n.organization_id = any (a.organization_ids))
          cross join lateral (
                select from coverage c where c.caller = a.member_id and c.organization_id = n.organization_id and c.alarms limit 1) c
         -- One order for all who note and tell.
          order by a.member_id, n.organization_id
         -- What lies between what was told and this was not to be told, where the member has chosen anew meanwhile.
         on conflict (member_id, organization_id) do update
            set told = case when alarm_mail_news.told >= alarm_mail_news.head then greatest(alarm_mail_news.told, excluded.told)
                            else alarm_mail_news.told end,
                head = greatest(alarm_mail_news.head, excluded.head)
         returning 1),
         moved as (
         insert into alarm_mail_position (organization_id, changed_offset)
         select n.organization_id, n.head from news n order by n.organization_id
         on conflict (organization_id) do update set changed_offset = greatest(alarm_mail_position.changed_offset, excluded.changed_offset))
    select n.organization_id as "organizationId", n.family, n.head from news n`)
  await newsOver(db, 'mails', passed)
  return due.length === feedsMax
}

/** Members with news who may be written to again, at most so many. */
export async function membersToTell(db: Db): Promise<string[]> {
  const rows = await db.rows<{ memberId: string }>(sql`
    select a.member_id as "memberId"
      from alarm_mail a
     where a.next_at <= statement_timestamp()
       and exists (select from alarm_mail_news n where n.member_id = a.member_id and n.head > n.told)
     order by a.next_at
     limit ${membersMax}`)
  return rows.map(({ memberId }) => memberId)
}

/**
 * Reads what a member is to be told, hands it to `write`, and moves the member's positions on, in one transaction: so none is lost and none told
 * twice. `gatherMs`: for how long nothing more is written to it then. Nothing where another process is at it.
 */
export function tellMember(
  db: Database,
  member: string,
  gatherMs: number,
  write: (tx: Db, member: ToldMember, alarms: ToldAlarm[], total: number) => Promise<void>,
): Promise<void> {
  return db.transaction('system', { kind: 'system' }, async (tx) => {
    const [held] = await tx.rows(sql`
      select member_id from alarm_mail where member_id = ${member} and next_at <= statement_timestamp() for no key update skip locked`)
    const [told] = await tx.rows<ToldMember>(sql`
      select m.id as "memberId", m.company_id as "companyId", m.company_kind as "companyKind", p.email
        from valid_member m join person p on p.id = m.person_id
       where m.id = ${member}`)
    if (held === undefined) return
    const news = await tx.rows<{ organizationId: OrganizationId; told: number; head: number }>(sql`
      select organization_id as "organizationId", told, head from alarm_mail_news
       where member_id = ${member} and head > told
       order by organization_id
       limit ${organizationsMax}`)
    const alarms: ToldAlarm[] = []
    let total = 0
    for (const { organizationId, told: after, head } of news) {
      const found = await alarmsToTell(tx, member, organizationId, after)
      alarms.push(...found.alarms)
      total += found.total
      await tx.rows(sql`
        update alarm_mail_news set told = ${Math.max(head, found.head)}
         where member_id = ${member} and organization_id = ${organizationId}`)
    }
    const isTold = told !== undefined && total > 0
    if (isTold) await write(tx, told, alarms, total)
    // Who had nothing to be told goes behind the others that wait, too.
    await tellAgainIn(tx, member, isTold ? gatherMs : 0)
  })
}

/** From when on a member may be told again. */
export async function tellAgainIn(db: Db, member: string, ms: number): Promise<void> {
  await db.rows(sql`
    update alarm_mail set next_at = statement_timestamp() + ${ms}::float8 * interval '1 millisecond' where member_id = ${member}`)
}

const weight = (severity: Sql): Sql => sql`array_position(${[...severitiesByWeight]}::text[], ${severity})`

/**
 * Alarms of an organization that became active, as bad as the member wants to know, or were cleared since `after`: the worst first, with how many there
 * are beyond the limit, and the feed's head. Only what the member covers now, and was accepted since alarms are shared with it without a break, for
 * that is what covered_alarm_version holds. A filter by location tells nothing where the inventory, which says where a device is, is not covered.
 */
async function alarmsToTell(
  tx: Db,
  member: string,
  organization: OrganizationId,
  after: number,
): Promise<{ alarms: ToldAlarm[]; total: number; head: number }> {
  const rows = await tx.rows<{
    organization: string
    head: number
    json: string | null
    device: string
    path: string[]
    total: number
  }>(sql`
    with recursive place as (${placesWithin(member, organization)})
    select c.label as "organization", f.head, x.json, x.device, x.path, coalesce(x.total, 0)::integer as "total"
      from alarm_mail w
      join coverage c on c.caller = w.member_id and c.organization_id = ${organization} and c.alarms
      join covered_feed_head f on f.caller = w.member_id and f.organization_id = c.organization_id and f.family = 'alarms'
      left join lateral (
           select a.json, d.label as device, p.labels as path, count(*) over () as total
             from covered_alarm a
             join lateral (
                  select min(${weight(sql`v.json::jsonb ->> 'severity'`)}) as worst
                    from covered_alarm_version v
                   where v.caller = a.caller and v.organization_id = a.organization_id and v.alarm_id = a.id
                     and v.changed_offset > ${after} and v.changed_at >= w.chosen_at) n on n.worst is not null
             left join lateral (
                  select ${weight(sql`v.json::jsonb ->> 'severity'`)} as weight
                    from covered_alarm_version v
                   where v.caller = a.caller and v.organization_id = a.organization_id and v.alarm_id = a.id and v.changed_offset <= ${after}
                   order by v.changed_offset desc
                   limit 1) b on true
             left join covered_inventory_object d
                    on d.caller = a.caller and d.organization_id = a.organization_id and d.id = a.device_id and d.removed_at is null
             left join place p on p.id = d.location_id
            where a.caller = w.member_id and a.organization_id = c.organization_id and a.changed_offset > ${after}
              and (w.location_ids is null or p.ids && w.location_ids)
              and (n.worst <= ${weight(sql`w.severity`)} and (a.activated_offset > ${after} or b.weight > ${weight(sql`w.severity`)})
                   or w.cleared and a.cleared_at is not null and a.cleared_offset > ${after}
                      and least(n.worst, b.weight) <= ${weight(sql`w.severity`)})
            order by (a.cleared_at is not null), ${weight(sql`a.severity`)}, a.activated_at desc, a.id
            limit ${alarmsMax}) x on true
     where w.member_id = ${member}`)
  return {
    alarms: rows.flatMap(({ organization: name, json, device, path }) =>
      json === null ? [] : [{ organizationId: organization, organization: name, json, device, path }],
    ),
    total: rows[0]?.total ?? 0,
    head: rows[0]?.head ?? 0,
  }
}
