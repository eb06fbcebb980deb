import { isDeepStrictEqual } from 'node:util'
import sql, { type Sql } from 'sql-template-tag'
import { alarmKinds, deviceKinds } from '../domain/webhook.ts'
import { eventsOf, type HeardChange, type Hearer, type Hearers, inOrder, type NewDelivery } from '../domain/webhook-events.ts'
import { companiesNear } from './companies-near.ts'
import type { Database, Db } from './database.ts'
import { dueNews, type Feed, newsOf, newsOver, newsTold } from './feed-news.ts'
import { changesOf, noteSeen, placesOf, seenThere } from './webhook-changes.ts'
import type { AddDeliveries } from './webhook-queue.ts'

/** Feeds that one look goes through. */
const feedsLookedAtMax = 100
/** Changes of each feed of which one transaction makes events, and how many events it makes about: of many webhooks' fewer changes are taken. */
const changesMax = 500
const deliveriesMax = 5000
/** For how long feeds wait for a change of coverage that time brought to be noted: whatever stops that stops nobody else for longer. */
const notedWithinMs = 60_000

type Family = HeardChange['family']
const families: readonly Family[] = ['alarms', 'inventory']

/**
 * Webhooks `w` with their coverage `c` of an organization, as far as they may hear of it: those of its partners, and its own.
 */
function near(organization: Sql): Sql {
  return sql`
    ${companiesNear(organization)}
      join webhook w on w.company_id = near.company_id and w.enabled and (w.organization_ids is null or ${organization} = any (w.organization_ids))
     cross join lateral (
           select x.label, x.inventory, x.alarms, x.basis from coverage x where x.caller = w.id and x.organization_id = ${organization} limit 1) c`
}

/** Whether a webhook `w`, which covers `c`, hears a family of feeds. */
function hears(family: Sql): Sql {
  return sql`
    (w.kinds && case ${family} when 'alarms' then ${[...alarmKinds]}::text[] else ${[...deviceKinds]}::text[] end
     and case ${family} when 'alarms' then c.alarms else c.inventory end)`
}

/** What a look at feeds with changes found. */
export interface FeedsLookedAt {
  /** Those with changes of which a webhook hears, in any order. */
  organizations: string[]
  /** Feeds that none hears are passed over: their positions move to their heads. How many. */
  passed: number
  /** Whether there may be more: as many were looked at as one look goes through. */
  isFull: boolean
}

/**
 * Looks at feeds with changes, the longest due first: those that a webhook hears come back in a second where nothing is told of them. What one
 * writes to at this moment is left for later.
 */
export async function organizationsToTell(db: Db): Promise<FeedsLookedAt> {
  const due = await dueNews(db, 'webhooks', feedsLookedAtMax)
  if (due.length === 0) return { organizations: [], passed: 0, isFull: false }
  const [found] = await db.rows<{ organizations: string[]; passed: (Feed & { head: number })[] }>(sql`
    with news as materialized (${newsOf('webhooks', due)}),
         heard as materialized (
         select n.organization_id, n.family
           from news n
          where exists (select from ${near(sql`n.organization_id`)} where ${hears(sql`n.family`)})),
         unheard as materialized (
         select n.organization_id, n.family, n.head, p.changed_offset as told
           from news n
           left join webhook_position p on p.organization_id = n.organization_id and p.family = n.family
          where not exists (select from heard h where h.organization_id = n.organization_id and h.family = n.family)),
         -- Where somebody tells of it just now, or has since, it is left alone.
         free as materialized (
         select n.organization_id, n.family, n.head
           from unheard n
           join webhook_position p on p.organization_id = n.organization_id and p.family = n.family and p.changed_offset = n.told
            for no key update of p skip locked),
         moved as (
         update webhook_position p
            set changed_offset = greatest(p.changed_offset, f.head), look_from = null
           from free f
          where p.organization_id = f.organization_id and p.family = f.family
         returning f.organization_id, f.family, f.head),
         made as (
         insert into webhook_position as p (organization_id, family, changed_offset)
         select n.organization_id, n.family, n.head
           from unheard n
          where n.told is null
          order by n.organization_id, n.family
         on conflict do nothing
         returning p.organization_id, p.family, p.changed_offset as head),
         passed as (select * from moved union all select * from made),
         forgotten as (
         delete from webhook_told_alarm t using passed p where p.organization_id = t.organization_id and p.family = 'alarms')
    select array(select distinct h.organization_id from heard h) as "organizations",
           coalesce((select json_agg(json_build_object('organizationId', p.organization_id, 'family', p.family, 'head', p.head)) from passed p), '[]') as "passed"`)
  const { organizations, passed } = found as NonNullable<typeof found>
  await newsOver(db, 'webhooks', passed)
  return { organizations, passed: passed.length, isFull: due.length === feedsLookedAtMax }
}

/**
 * Makes events of what changed in an organization's feeds since their positions, in the order in which it was accepted, for all webhooks that hear them,
 * and moves the positions, in one transaction: so none is lost and none made twice. `later`: nothing was, since another process is at it, or it must be waited for; `rest`: there may be more.
 */
export function tellOrganization(db: Database, organizationId: string, add: AddDeliveries): Promise<'told' | 'rest' | 'later'> {
  return db.transaction('system', { kind: 'system' }, async (tx) => {
    await tx.rows(sql`
      insert into webhook_position (organization_id, family, changed_offset)
      select ${organizationId}, x, 0 from unnest(${[...families]}::text[]) x
      on conflict do nothing`)
    const positions = await tx.rows<{ family: Family; offset: number; lookFrom: number | null }>(sql`
      select family, changed_offset as "offset", look_from as "lookFrom" from webhook_position where organization_id = ${organizationId} order by family for update skip locked`)
    if (positions.length < families.length) return 'later'
    const hearers = await hearersOf(tx, organizationId)
    // One that covers a feed before it is noted since when is waited for: what is passed is not told later.
    if (hearers === null) return 'later'
    const all = [...hearers.alarms, ...hearers.inventory]
    const after = { alarms: 0, inventory: 0, ...Object.fromEntries(positions.map(({ family, offset }) => [family, offset])) }
    const lookFrom = positions.find(({ family }) => family === 'alarms')?.lookFrom ?? after.alarms
    // Before the changes: what is committed between is told the next time.
    const heads = await headsOf(tx, organizationId, hearers)
    const limit = Math.max(1, Math.min(changesMax, Math.floor(deliveriesMax / Math.max(1, all.length))))
    const changed = await changesOf(tx, hearers, { organizationId, after, lookFrom, limit })
    const told = inOrder(changed, limit)
    const devices = new Set(told.map((one) => (one.family === 'alarms' ? one.deviceId : one.id)))
    const seen = await seenThere(
      tx,
      organizationId,
      all,
      told.map(({ id }) => id),
    )
    const deliveries = eventsOf(hearers, organizationId, told, await placesOf(tx, organizationId, all, [...devices]), seen)
    // What was read is what they covered all the while, and all that hear were asked; otherwise it is read anew, so that nobody loses what is passed.
    if (!isDeepStrictEqual(await hearersOf(tx, organizationId), hearers)) {
      await newsTold(tx, organizationId)
      return 'rest'
    }
    await add(tx, deliveries)
    await noteSeen(tx, organizationId, all, seen)
    let more = false
    for (const family of families) {
      const head = heads.get(family)
      if (head === undefined) continue
      const mine = told.filter((one) => one.family === family)
      const last = mine.at(-1)?.offset ?? after[family]
      const whole = mine.length === changed[family].length && (mine.length < limit || last >= head)
      more ||= !whole
      await noteTold(
        tx,
        organizationId,
        family,
        deliveries.filter(({ needs }) => needs === family),
      )
      await tx.rows(sql`
        update webhook_position
           set changed_offset = ${whole ? Math.max(head, last) : last}, look_from = case when not ${whole}::boolean then coalesce(look_from, changed_offset) end
         where organization_id = ${organizationId} and family = ${family}`)
      if (family === 'alarms') await (whole ? forgetTold(tx, organizationId) : noteToldAlarms(tx, organizationId, mine))
    }
    await newsTold(tx, organizationId)
    return more ? 'rest' : 'told'
  })
}

/** The webhooks that hear an organization's feeds now; null: of one it is not noted yet since when it covers one, as time alone has brought it. */
async function hearersOf(tx: Db, organizationId: string): Promise<Hearers | null> {
  const since = sql`case f.family when 'alarms' then x.alarms_since else x.inventory_since end`
  type Row = Omit<Hearer, 'since'> & { family: Family; since: string | null; toldAt: string | null }
  const rows = await tx.rows<Row>(sql`
    select f.family, w.id, w.format, w.kinds, w.severities, w.location_ids as "locationIds", md5(w.location_ids::text) as "locationFilter", c.label, c.inventory, c.basis,
           case when ${since} is not null then greatest(w.enabled_at, o.resumed_at, ${since}) end as "since",
           t.changed_offset as "told", t.accepted_at as "toldAt"
      from ${near(sql`${organizationId}::text`)}
      join company o on o.id = w.company_id
     cross join unnest(${[...families]}::text[]) f (family)
      join coverage_change x on x.company_id = w.company_id and x.organization_id = ${organizationId}
      left join webhook_told t on t.webhook_id = w.id and t.organization_id = ${organizationId} and t.family = f.family
     where ${hears(sql`f.family`)}
       and (${since} is not null
            or x.next_at between statement_timestamp() - ${notedWithinMs}::float8 * interval '1 millisecond' and statement_timestamp())
     order by w.id, f.family`)
  const noted = rows
    .flatMap(({ since, told, toldAt, ...row }) =>
      // What was told before says nothing of what was passed in between.
      since === null ? [] : [{ ...row, since, told: toldAt !== null && toldAt >= since ? told : null }],
    )
    .toSorted(bySince)
  if (noted.length < rows.length) return null
  const { alarms = [], inventory = [] } = Object.groupBy(noted, ({ family }) => family)
  return { alarms, inventory }
}

function bySince(one: Hearer, other: Hearer): number {
  return one.since < other.since ? -1 : one.since > other.since ? 1 : 0
}

/** The heads of the feeds that somebody hears. */
async function headsOf(tx: Db, organizationId: string, { alarms, inventory }: Hearers): Promise<Map<Family, number>> {
  const rows = await tx.rows<{ family: Family; head: number }>(sql`
    select f.family, f.head
      from covered_feed_head f
     where f.organization_id = ${organizationId}
       and (f.caller = ${alarms[0]?.id ?? null} and f.family = 'alarms' or f.caller = ${inventory[0]?.id ?? null} and f.family = 'inventory')`)
  return new Map(rows.map(({ family, head }) => [family, head]))
}

/** Notes the alarms of which a part of a look has made events: its next part tells what happens to them from then on. */
async function noteToldAlarms(tx: Db, organizationId: string, told: readonly HeardChange[]): Promise<void> {
  await tx.rows(sql`
    insert into webhook_told_alarm (organization_id, alarm_id, changed_offset)
    select ${organizationId}, x.id, x.place
      from unnest(${told.map(({ id }) => id)}::text[], ${told.map(({ offset }) => offset)}::bigint[]) x (id, place)
    on conflict (organization_id, alarm_id) do update set changed_offset = excluded.changed_offset`)
}

async function forgetTold(tx: Db, organizationId: string): Promise<void> {
  await tx.rows(sql`delete from webhook_told_alarm where organization_id = ${organizationId}`)
}

/** Notes the last event of a feed for each webhook. */
async function noteTold(tx: Db, organizationId: string, family: Family, deliveries: readonly NewDelivery[]): Promise<void> {
  const last = [...new Map(deliveries.map((one) => [one.webhookId, one])).values()]
  if (last.length === 0) return
  await tx.rows(sql`
    insert into webhook_told (webhook_id, organization_id, family, changed_offset, accepted_at)
    select x.id, ${organizationId}, ${family}, x.place, x.at
      from unnest(${last.map(({ webhookId }) => webhookId)}::text[], ${last.map(({ place }) => place)}::bigint[],
                  ${last.map(({ acceptedAt }) => acceptedAt)}::timestamptz[]) x (id, place, at)
    on conflict (webhook_id, organization_id, family)
      do update set changed_offset = excluded.changed_offset, accepted_at = excluded.accepted_at`)
}
