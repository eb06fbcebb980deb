import sql from 'sql-template-tag'
import { coverageKinds, gatewayKinds, type WebhookKind } from '../domain/webhook.ts'
import { offsets, standardBody } from '../domain/webhook-bodies.ts'
import type { NewDelivery } from '../domain/webhook-events.ts'
import { companiesNear } from './companies-near.ts'
import type { Database, Db } from './database.ts'
import { keyNoticeDays } from './key-notices.ts'
import { type AddDeliveries, lockQueuesOf, lookAtChanged } from './webhook-queue.ts'

/** Changes, gateways and keys of which one transaction makes events: of each, for some dozens of webhooks at most. */
const noticesMax = 100
/** A company whose changes cannot be told is tried again after so long, each time twice as long, up to a bound: that comes to a line in the log a minute. */
const againAfterMs = 250
const againMaxMs = 60_000
/** A gateway is offline when nothing was heard of it for so long: it reads devices every 5 minutes at the slowest. */
export const offlineAfterMs = 15 * 60_000

/** A change of coverage, with what it is told as. */
export interface ToldCoverage {
  companyId: string
  companyKind: 'partner' | 'customer' | 'vendor' | 'demo'
  organizationId: string
  /** The organization's name; null where it has gone. */
  label: string | null
  covered: boolean
  /** Whether nobody was told of this coverage before, which may have changed since it began. */
  isNew: boolean
  kinds: string[]
  reason: string
  at: string
  offset: number
}

/**
 * Makes events of what changed in the coverage of a company since they were last made, and hands the changes to `tell`, in one transaction:
 * so none is lost and none made twice. How many; 0: no company has untold changes that nobody else is at. Throws where that fails; that company is
 * tried again later, by whichever process, and after those that have not failed.
 */
export async function tellCoverage(
  db: Database,
  add: AddDeliveries,
  tell: (tx: Db, changes: ToldCoverage[]) => Promise<void>,
): Promise<number> {
  let at: CoverageHead | undefined
  try {
    return await db.transaction('system', { kind: 'system' }, async (tx) => {
      at = await headToTell(tx)
      return at === undefined ? 0 : tellOne(tx, at, add, tell)
    })
  } catch (error) {
    if (at !== undefined) await tellLater(db.system, at)
    throw error
  }
}

interface CoverageHead {
  companyId: string
  head: number
  told: number
}

/** The company that is told next, in no order among those that have not failed: none is told over and over while others wait. Locked. */
async function headToTell(tx: Db): Promise<CoverageHead | undefined> {
  const [head] = await tx.rows<CoverageHead>(sql`
    select company_id as "companyId", head, told
      from coverage_head
     where head > told and (next_at is null or next_at <= statement_timestamp())
     order by next_at nulls first, random()
     limit 1
       for update skip locked`)
  return head
}

/** Puts off a company that could not be told, unless somebody has told it meanwhile. */
async function tellLater(db: Db, { companyId, told }: CoverageHead): Promise<void> {
  await db.rows(sql`
    update coverage_head
       set failed = failed + 1,
           next_at = statement_timestamp() + least(${againAfterMs} * power(2, least(failed, 30)), ${againMaxMs}) * interval '1 millisecond'
     where company_id = ${companyId} and told = ${told}`)
}

async function tellOne(
  tx: Db,
  { companyId, head, told: before }: CoverageHead,
  add: AddDeliveries,
  tell: (tx: Db, changes: ToldCoverage[]) => Promise<void>,
): Promise<number> {
  const changes = await tx.rows<ToldCoverage>(sql`
    select x.company_id as "companyId", o.kind as "companyKind", x.organization_id as "organizationId", q.name as "label", x.covered,
           coalesce(x.began_offset > coalesce(x.told_offset, 0), false) as "isNew",
           array_remove(array[case when x.inventory_since is not null then 'inventory' end, case when x.alarms_since is not null then 'alarms' end,
                              case when x.sensors_since is not null then 'sensors' end], null) as "kinds",
           x.reason, x.changed_at as "at", x.changed_offset as "offset"
      from coverage_change x
      join company o on o.id = x.company_id
      left join company q on q.id = x.organization_id
     where x.company_id = ${companyId} and x.changed_offset > ${before}
     order by x.changed_offset
     limit ${noticesMax}`)
  // All at once: events and ends concern different ones of them.
  await lockQueuesOf(tx, companyId)
  await add(tx, await coverageEvents(tx, companyId, changes))
  await lookAtChanged(
    tx,
    companyId,
    changes.map(({ organizationId }) => organizationId),
  )
  await tell(tx, changes)
  await tx.rows(sql`
    update coverage_change
       set told_offset = changed_offset
     where company_id = ${companyId} and changed_offset = any (${changes.map(({ offset }) => offset)}::bigint[])`)
  const told = changes.length < noticesMax ? head : (changes.at(-1) as ToldCoverage).offset
  await tx.rows(sql`update coverage_head set told = ${told}, failed = 0, next_at = null where company_id = ${companyId}`)
  return Math.max(1, changes.length)
}

async function coverageEvents(tx: Db, companyId: string, changes: readonly ToldCoverage[]): Promise<NewDelivery[]> {
  const webhooks = await tx.rows<{
    id: string
    kinds: string[]
    organizationIds: string[] | null
    enabledAt: string
    told: number | null
  }>(sql`
    select w.id, w.kinds, w.organization_ids as "organizationIds", w.enabled_at as "enabledAt",
           -- What was told before it was enabled says nothing of what was passed in between.
           case when t.accepted_at >= w.enabled_at then t.changed_offset end as "told"
      from webhook w
      left join webhook_told t on t.webhook_id = w.id and t.organization_id = '' and t.family = 'coverage'
     where w.company_id = ${companyId} and w.enabled and w.kinds && ${[...coverageKinds]}::text[]
     order by w.id`)
  const made: NewDelivery[] = []
  for (const webhook of webhooks) {
    let previous = webhook.told
    let previousAt: string | null = null
    for (const change of changes) {
      const kind: WebhookKind = change.covered
        ? change.reason === 'consent_changed' && !change.isNew
          ? 'coverage.changed'
          : 'coverage.started'
        : 'coverage.ended'
      const chosen = webhook.organizationIds === null || webhook.organizationIds.includes(change.organizationId)
      if (!chosen || !webhook.kinds.includes(kind) || change.at < webhook.enabledAt) continue
      const { organizationId, covered, kinds, reason, at, offset, label } = change
      const rest = JSON.stringify({ ...(covered && label !== null ? { label } : {}), covered, kinds, reason, changedTime: at })
      made.push({
        webhookId: webhook.id,
        organizationId,
        // The notice of an end is the one thing that leaves after it.
        needs: covered ? 'organization' : 'nothing',
        kind,
        lane: `coverage ${organizationId}`,
        place: offset,
        body: standardBody(kind, at, `{${offsets(organizationId, offset, previous)},${rest.slice(1)}`),
        lesserBody: null,
        acceptedAt: at,
      })
      previous = offset
      previousAt = at
    }
    if (previousAt !== null) {
      await tx.rows(sql`
        insert into webhook_told (webhook_id, organization_id, family, changed_offset, accepted_at)
        values (${webhook.id}, '', 'coverage', ${previous}, ${previousAt}::timestamptz)
        on conflict (webhook_id, organization_id, family)
          do update set changed_offset = excluded.changed_offset, accepted_at = excluded.accepted_at`)
    }
  }
  return made
}

/** Makes events of gateways that went offline, or came back, since they were last looked at. How many changed. */
export function tellGateways(db: Database, add: AddDeliveries): Promise<number> {
  return db.transaction('system', { kind: 'system' }, async (tx) => {
    const changed = await tx.rows<{
      id: string
      companyId: string
      online: boolean
      at: string
      contactAt: string
      known: boolean
    }>(sql`
      with now_is as (
           select g.id, c.contact_at, c.contact_at > statement_timestamp() - ${offlineAfterMs}::float8 * interval '1 millisecond' as online,
                  p.gateway_id is not null as known
             from gateway g
             join gateway_contact c on c.gateway_id = g.id
             left join gateway_presence p on p.gateway_id = g.id
            where g.removed_at is null
              and p.online is distinct from (c.contact_at > statement_timestamp() - ${offlineAfterMs}::float8 * interval '1 millisecond')
            order by g.id
            limit ${noticesMax}),
           kept as (
           insert into gateway_presence as p (gateway_id, online, changed_at)
           select n.id, n.online, statement_timestamp() from now_is n
           on conflict (gateway_id) do update set online = excluded.online, changed_at = excluded.changed_at where p.online <> excluded.online
           returning p.gateway_id, p.online, p.changed_at)
      select k.gateway_id as "id", g.company_id as "companyId", k.online, k.changed_at as "at", n.contact_at as "contactAt", n.known
        from kept k
        join gateway g on g.id = k.gateway_id
        join now_is n on n.id = k.gateway_id`)
    const deliveries: NewDelivery[] = []
    for (const gateway of changed.filter(({ known }) => known)) {
      const kind: WebhookKind = gateway.online ? 'gateway.online' : 'gateway.offline'
      const hearers = await tx.rows<{ id: string }>(sql`
        select w.id
          from ${companiesNear(sql`${gateway.companyId}::text`)}
          join webhook w on w.company_id = near.company_id
          join coverage c on c.caller = w.id and c.organization_id = ${gateway.companyId} and c.inventory
         where w.enabled and ${kind} = any (w.kinds) and (w.organization_ids is null or ${gateway.companyId} = any (w.organization_ids))`)
      const data = { organizationId: gateway.companyId, gatewayId: gateway.id, lastContactTime: gateway.contactAt }
      for (const { id } of hearers) {
        deliveries.push({
          webhookId: id,
          organizationId: gateway.companyId,
          needs: 'inventory',
          kind,
          lane: `gateway ${gateway.id}`,
          place: new Date(gateway.at).getTime(),
          body: standardBody(kind, gateway.at, JSON.stringify(data)),
          lesserBody: null,
          acceptedAt: gateway.at,
        })
      }
    }
    await add(tx, deliveries)
    return changed.length
  })
}

/**
 * Whether a webhook hears the kinds that `tellGateways` tells: without one nobody needs to look, and what gateways were is forgotten, since whoever
 * listens next would be told as new what became of them meanwhile.
 */
export async function anybodyHearsGateways(db: Db): Promise<boolean> {
  const [answer] = await db.rows<{ heard: boolean }>(sql`
    with heard as materialized (
         select exists (select from webhook w where w.enabled and w.kinds && ${[...gatewayKinds]}::text[]) as it),
         forgotten as (
         delete from gateway_presence where not (select h.it from heard h))
    select h.it as "heard" from heard h`)
  return answer?.heard ?? false
}

/** Makes events of keys that expire within 30, 7 and 1 days, each once, and of the same as are told by mail (key-notices.ts). How many keys. */
export function tellExpiringKeys(db: Database, now: string, add: AddDeliveries): Promise<number> {
  return db.transaction('system', { kind: 'system' }, async (tx) => {
    const keys = await tx.rows<{ id: string; days: number }>(sql`
      insert into key_expiry_told (key_id, days)
      select k.id, d.days
        from valid_key v
        join api_key k on k.id = v.id
       cross join lateral (
             select min(x) as days from unnest(${[...keyNoticeDays]}::integer[]) x where k.expires_at <= ${now}::timestamptz + make_interval(days => x)) d
       where d.days is not null and k.expires_at > ${now}::timestamptz
         and k.created_at < k.expires_at - make_interval(days => d.days + 1)
         and not exists (select from api_key x where x.predecessor_id = k.id)
         and not exists (select from key_expiry_told t where t.key_id = k.id and t.days = d.days)
       order by k.expires_at
       limit ${noticesMax}
      on conflict do nothing
      returning key_id as "id", days`)
    if (keys.length === 0) return 0
    const heard = await tx.rows<{ webhookId: string; id: string; name: string; expiresAt: string }>(sql`
      select w.id as "webhookId", k.id, k.name, k.expires_at as "expiresAt"
        from api_key k
        join webhook w on w.company_id = k.company_id and w.enabled and 'key.expiring' = any (w.kinds)
       where k.id = any (${keys.map(({ id }) => id)}::text[])`)
    await add(
      tx,
      heard.map(({ webhookId, id, name, expiresAt }) => ({
        webhookId,
        organizationId: null,
        needs: 'nothing',
        kind: 'key.expiring',
        lane: `key ${id}`,
        place: new Date(now).getTime(),
        body: standardBody('key.expiring', now, JSON.stringify({ keyId: id, name, expiresAt })),
        lesserBody: null,
        acceptedAt: now,
      })),
    )
    return keys.length
  })
}
