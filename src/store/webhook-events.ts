import { isDeepStrictEqual } from 'node:util'
import sql, { type Sql } from 'sql-template-tag'
import { alarmKinds, deviceKinds } from '../domain/webhook.ts'
import {
  alarmEvents,
  type DevicePlaces,
  deviceEvents,
  type HeardAlarm,
  type HeardDevice,
  type Hearer,
  type NewDelivery,
} from '../domain/webhook-events.ts'
import type { Database, Db } from './database.ts'
import type { AddDeliveries } from './webhook-queue.ts'

/** Feeds that one look goes through, and of those the ones that it answers. */
const feedsLookedAtMax = 200
const feedsMax = 20
/** Changes of which one transaction makes events, and how many events it makes about: of many webhooks' fewer changes are taken. */
const changesMax = 500
const deliveriesMax = 5000
/** For how long a feed waits for a change of coverage that time brought to be noted: whatever stops that stops nobody else for longer. */
const notedWithinMs = 60_000
/** A chain of locations ends here, whatever the data say. */
const depthMax = 50

/** A feed of an organization of which webhooks hear. */
export interface HeardFeed {
  organizationId: string
  family: 'alarms' | 'inventory'
}

const kindsOf = { alarms: alarmKinds, inventory: deviceKinds } as const

/** Webhooks `w` that may hear of an organization: those of its partners, and its own. */
function near(organization: Sql): Sql {
  return sql`
    (w.company_id = ${organization}
     or w.company_id in (select p.partner_id from partnership p where p.customer_id = ${organization} and p.ended_at is null))`
}

/** Feeds with changes of which a webhook hears. Those of which none does are passed over: their positions move to their heads. */
export async function feedsToTell(db: Db): Promise<HeardFeed[]> {
  return db.rows<HeardFeed>(sql`
    with news as materialized (select n.organization_id, n.family, n.head from feeds_with_news(${feedsLookedAtMax}) n),
         heard as materialized (
         select n.organization_id, n.family
           from news n
          where exists (
                select from webhook w
                  join coverage c on c.caller = w.id and c.organization_id = n.organization_id
                 where w.enabled and ${near(sql`n.organization_id`)}
                   and (w.organization_ids is null or n.organization_id = any (w.organization_ids))
                   and w.kinds && case n.family when 'alarms' then ${[...alarmKinds]}::text[] else ${[...deviceKinds]}::text[] end
                   and case n.family when 'alarms' then c.alarms else c.inventory end)),
         passed as (
         insert into webhook_position (organization_id, family, changed_offset)
         select n.organization_id, n.family, n.head
           from news n
          where not exists (select from heard h where h.organization_id = n.organization_id and h.family = n.family)
         on conflict (organization_id, family) do update set changed_offset = greatest(webhook_position.changed_offset, excluded.changed_offset))
    select h.organization_id as "organizationId", h.family from heard h
     -- In any order: one that cannot be told now does not keep its place for ever.
     order by random()
     limit ${feedsMax}`)
}

/**
 * Makes events of what changed in a feed since its position, for all webhooks that hear it, and moves the position, in one transaction: so
 * none is lost and none made twice. Nothing where another process is at it. Whether there may be more.
 */
export function tellFeed(db: Database, { organizationId, family }: HeardFeed, add: AddDeliveries): Promise<boolean> {
  return db.transaction('system', { kind: 'system' }, async (tx) => {
    await tx.rows(sql`
      insert into webhook_position (organization_id, family, changed_offset) values (${organizationId}, ${family}, 0) on conflict do nothing`)
    const [position] = await tx.rows<{ offset: number }>(sql`
      select changed_offset as "offset" from webhook_position
       where organization_id = ${organizationId} and family = ${family} for update skip locked`)
    if (position === undefined) return false
    const hearers = await hearersOf(tx, organizationId, family)
    // One that covers the feed before it is noted since when is waited for: what is passed is not told later.
    const [first] = hearers?.toSorted(bySince) ?? []
    if (hearers === null || first === undefined) return false
    const limit = Math.max(1, Math.min(changesMax, Math.floor(deliveriesMax / hearers.length)))
    const asked = { caller: first.id, organizationId, after: position.offset, from: first.since, limit }
    // Before the changes: what is committed between is told the next time.
    const [head] = await tx.rows<{ head: number }>(sql`
      select f.head from covered_feed_head f where f.caller = ${first.id} and f.organization_id = ${organizationId} and f.family = ${family}`)
    if (head === undefined) return false
    const made = family === 'alarms' ? await toldAlarms(tx, asked, hearers) : await toldDevices(tx, asked, hearers)
    // What was read is what they covered all the while, and all that hear were asked; otherwise it is read anew, so that nobody loses what is passed.
    if (!isDeepStrictEqual(await hearersOf(tx, organizationId, family), hearers)) return true
    await add(tx, made.deliveries)
    await noteTold(tx, organizationId, family, made.deliveries)
    const whole = made.count < limit
    await tx.rows(sql`
      update webhook_position set changed_offset = ${whole ? Math.max(head.head, made.last) : made.last}
       where organization_id = ${organizationId} and family = ${family}`)
    return !whole
  })
}

/** The webhooks that hear a feed now; null: of one it is not noted yet since when it covers the feed, as time alone has brought it. */
async function hearersOf(tx: Db, organizationId: string, family: HeardFeed['family']): Promise<Hearer[] | null> {
  const alarms = family === 'alarms'
  const since = sql`case when ${alarms} then x.alarms_since else x.inventory_since end`
  const rows = await tx.rows<Omit<Hearer, 'since'> & { since: string | null }>(sql`
    select w.id, w.format, w.kinds, w.severities, w.location_ids as "locationIds", c.label, c.inventory, c.basis,
           case when ${since} is not null then greatest(w.enabled_at, ${since}) end as "since", t.changed_offset as "told"
      from webhook w
      join coverage c on c.caller = w.id and c.organization_id = ${organizationId}
      join coverage_change x on x.company_id = w.company_id and x.organization_id = ${organizationId}
      left join webhook_told t on t.webhook_id = w.id and t.organization_id = ${organizationId} and t.family = ${family}
     where w.enabled and ${near(sql`${organizationId}`)} and w.kinds && ${[...kindsOf[family]]}::text[]
       and (w.organization_ids is null or ${organizationId} = any (w.organization_ids))
       and case when ${alarms} then c.alarms else c.inventory end
       and (${since} is not null
            or x.next_at between statement_timestamp() - ${notedWithinMs}::float8 * interval '1 millisecond' and statement_timestamp())
     order by w.id`)
  const hearers = rows.filter((row): row is Hearer => row.since !== null)
  return hearers.length === rows.length ? hearers : null
}

function bySince(one: Hearer, other: Hearer): number {
  return one.since < other.since ? -1 : one.since > other.since ? 1 : 0
}

interface AskedChanges {
  caller: string
  organizationId: string
  after: number
  from: string
  limit: number
}

interface Told {
  deliveries: NewDelivery[]
  count: number
  /** The offset of the last change. */
  last: number
}

async function toldAlarms(
  tx: Db,
  { caller, organizationId, after, from, limit }: AskedChanges,
  hearers: Hearer[],
): Promise<Told> {
  const changed = await tx.rows<ChangedAlarm>(sql`
    select x.id, x.device_id as "deviceId", x.severity, x.changed_offset as "offset", x.changed_at as "changedAt",
           coalesce(x.activated_offset, 0) as "activatedOffset", coalesce(x.activated_offset, 0) > ${after} as "activated",
           x.cleared_at is not null and coalesce(x.cleared_offset, 0) > ${after} as "cleared", x.json
      from covered_alarm x
     where x.caller = ${caller} and x.organization_id = ${organizationId} and x.changed_offset > ${after}
       and x.changed_at >= ${from}::timestamptz
     order by x.changed_offset
     limit ${limit}`)
  const isAsked = hearers.some(({ format, severities }) => format === 'alarms' || severities !== null)
  const had = isAsked ? await severitiesSince(tx, caller, organizationId, changed) : new Map<string, HeardAlarm['had']>()
  const alarms = changed.map((alarm) => ({ ...alarm, had: had.get(alarm.id) ?? [] }))
  const places = await placesOf(tx, organizationId, hearers, [...new Set(alarms.map(({ deviceId }) => deviceId))])
  return {
    deliveries: hearers.flatMap((hearer) => alarmEvents(hearer, organizationId, alarms, places)),
    count: alarms.length,
    last: alarms.at(-1)?.offset ?? 0,
  }
}

type ChangedAlarm = Omit<HeardAlarm, 'had'> & { activatedOffset: number }

/** The severities of each of these alarms since it became active, as far as they are covered. */
async function severitiesSince(
  tx: Db,
  caller: string,
  organizationId: string,
  alarms: readonly ChangedAlarm[],
): Promise<Map<string, HeardAlarm['had']>> {
  const rows = await tx.rows<{ id: string; severity: string; at: string }>(sql`
    select x.alarm_id as "id", x.json::jsonb ->> 'severity' as "severity", max(x.changed_at) as "at"
      from covered_alarm_version x
      join unnest(${alarms.map(({ id }) => id)}::text[], ${alarms.map((one) => one.activatedOffset)}::bigint[],
                  ${alarms.map(({ offset }) => offset)}::bigint[]) a (id, first, last)
        on x.alarm_id = a.id and x.changed_offset between a.first and a.last
     where x.caller = ${caller} and x.organization_id = ${organizationId}
     group by 1, 2`)
  return Map.groupBy(rows, ({ id }) => id)
}

async function toldDevices(
  tx: Db,
  { caller, organizationId, after, from, limit }: AskedChanges,
  hearers: Hearer[],
): Promise<Told> {
  const devices = await tx.rows<HeardDevice>(sql`
    select x.id, x.changed_offset as "offset", x.changed_at as "changedAt", x.removed_at is not null as "removed", x.json
      from covered_inventory_object x
     where x.caller = ${caller} and x.organization_id = ${organizationId} and x.kind = 'Device' and x.changed_offset > ${after}
       and x.changed_at >= ${from}::timestamptz
     order by x.changed_offset
     limit ${limit}`)
  const places = await placesOf(
    tx,
    organizationId,
    hearers,
    devices.map(({ id }) => id),
  )
  return {
    deliveries: hearers.flatMap((hearer) => deviceEvents(hearer, organizationId, devices, places)),
    count: devices.length,
    last: devices.at(-1)?.offset ?? 0,
  }
}

/** Devices with their locations, as far as somebody who hears needs them and covers the inventory. */
async function placesOf(tx: Db, organizationId: string, hearers: Hearer[], devices: string[]): Promise<DevicePlaces> {
  const caller = hearers.find((one) => one.inventory && (one.format === 'alarms' || one.locationIds !== null))
  if (caller === undefined || devices.length === 0) return new Map()
  const mine = sql`x.caller = ${caller.id} and x.organization_id = ${organizationId}`
  const rows = await tx.rows<{ id: string; json: string; locations: { id: string; label: string }[] }>(sql`
    with recursive line as (
      select x.id as device, x.json, x.location_id as next, null::text as id, null::text as label, 0 as depth
        from covered_inventory_object x
       where ${mine} and x.id = any (${devices}::text[])
       union all
      select l.device, null, x.parent_id, x.id, x.label, l.depth + 1
        from line l
        join covered_inventory_object x on ${mine} and x.id = l.next
       where l.depth < ${depthMax})
    select l.device as "id", max(l.json) as "json",
           coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'label', l.label) order by l.depth) filter (where l.id is not null), '[]') as "locations"
      from line l
     group by l.device`)
  return new Map(rows.map(({ id, ...place }) => [id, place]))
}

/** Notes the offset of the last event of a feed for each webhook. */
async function noteTold(tx: Db, organizationId: string, family: string, deliveries: readonly NewDelivery[]): Promise<void> {
  const last = new Map(deliveries.map(({ webhookId, place }) => [webhookId, place]))
  if (last.size === 0) return
  await tx.rows(sql`
    insert into webhook_told (webhook_id, organization_id, family, changed_offset)
    select x.id, ${organizationId}, ${family}, x.place
      from unnest(${[...last.keys()]}::text[], ${[...last.values()]}::bigint[]) x (id, place)
    on conflict (webhook_id, organization_id, family) do update set changed_offset = excluded.changed_offset`)
}
