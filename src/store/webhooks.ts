import sql, { type Sql } from 'sql-template-tag'
import type { Webhook, WebhookKind } from '../domain/webhook.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'
import { forgetFailure } from './webhook-health.ts'
import { dropWaiting, dueNow, promoteAll } from './webhook-queue.ts'

/** Deliveries that are counted. */
const countedMax = 1000
/** A webhook's locations are looked for, in the inventory of each customer, where it names no more: 500 in those of 400 customers take half a second. */
const locationsLookedForMax = 20
/** Former secrets of a webhook that sign beside the present one. */
const formerSecretsMax = 3

interface WebhookRow {
  id: string
  name: string
  url: string
  format: Webhook['format']
  scheme: Webhook['scheme'] | null
  publicKey: string | null
  kinds: WebhookKind[]
  severities: string[] | null
  organizationIds: string[] | null
  locationIds: string[] | null
  enabled: boolean
  disabledReason: Webhook['disabledReason'] | null
  createdAt: string
  createdBy: string | null
  waiting: number
  failed: number
  failingSince: string | null
  formerSecretEndsAt: string | null
  /** Whether it is narrowed to organizations of which it covers none now. */
  organizationsEnded: boolean
  /** The like of locations. */
  locationsEnded: boolean
}

/** A webhook as it is stored. */
export type StoredWebhook = Omit<Webhook, 'warnings'> & Pick<WebhookRow, 'organizationsEnded' | 'locationsEnded'>

/** A company's webhooks, the newest first, or the one with this id. As the system: deliveries are counted. */
export async function webhooksOf(db: Db, company: string, id?: string): Promise<StoredWebhook[]> {
  const rows = await db.rows<WebhookRow>(sql`
    select w.id, w.name, w.url, w.format, case when s.scheme <> 'authorization' then s.scheme end as "scheme", s.public_key as "publicKey",
           w.kinds, w.severities, w.organization_ids as "organizationIds", w.location_ids as "locationIds", w.enabled,
           w.disabled_reason as "disabledReason", w.created_at as "createdAt", p.name as "createdBy",
           q.waiting, (select count(*) from (select from webhook_delivery d where d.webhook_id = w.id and d.state = 'failed' limit ${countedMax}) x) as "failed", q.failing_since as "failingSince",
           (select max(f.ends_at) from webhook_secret f where f.webhook_id = w.id and f.ends_at > statement_timestamp()) as "formerSecretEndsAt",
           -- Of one that is disabled nothing is covered, and nothing is to be said.
           w.enabled and w.organization_ids is not null and not exists (
             select from coverage c where c.caller = w.id and c.organization_id = any (w.organization_ids)) as "organizationsEnded",
           w.enabled and w.location_ids is not null and cardinality(w.location_ids) <= ${locationsLookedForMax} and not exists (
             select from covered_inventory_object x
              where x.caller = w.id and x.id = any (w.location_ids) and x.kind = 'Location' and x.removed_at is null
                and (w.organization_ids is null or x.organization_id = any (w.organization_ids))) as "locationsEnded"
      from webhook w
      join webhook_queue q on q.webhook_id = w.id
      left join webhook_secret s on s.webhook_id = w.id and s.ends_at is null
      left join person p on p.id = w.created_by
     where w.company_id = ${company} and (${id ?? null}::text is null or w.id = ${id ?? null})
     order by w.created_at desc, w.id`)
  return rows.map(present)
}

export async function webhookOf(db: Db, company: string, id: string): Promise<StoredWebhook | null> {
  const [row] = await webhooksOf(db, company, id)
  return row ?? null
}

export interface WebhookFilters {
  kinds: readonly string[]
  severities?: readonly string[] | undefined
  organizationIds?: readonly string[] | undefined
  locationIds?: readonly string[] | undefined
}

export interface NewSecret {
  scheme: 'v1' | 'v1a' | 'authorization'
  publicKey: string | null
  sealedSecret: Uint8Array
  secretName: string
}

/** Makes a webhook; null where the company has `max` already. */
export async function createWebhook(
  tx: Db,
  company: string,
  given: WebhookFilters & { name: string; url: string; format: string; createdBy: string | null },
  secret: NewSecret,
  max: number,
): Promise<string | null> {
  await tx.rows(sql`select 1 as one from company where id = ${company} for no key update`)
  const [made] = await tx.rows<{ id: string }>(sql`
    insert into webhook (company_id, name, url, format, kinds, severities, organization_ids, location_ids, created_by)
    select ${company}, ${given.name}, ${given.url}, ${given.format}, ${[...given.kinds]}::text[], ${listed(given.severities)}::text[],
           ${listed(given.organizationIds)}::text[], ${listed(given.locationIds)}::text[], ${given.createdBy}
     where (select count(*) from webhook w where w.company_id = ${company}) < ${max}
    returning id`)
  if (made === undefined) return null
  await tx.rows(sql`insert into webhook_queue (webhook_id) values (${made.id})`)
  await addSecret(tx, company, made.id, secret)
  return made.id
}

function listed(given: readonly string[] | undefined): string[] | null {
  return given === undefined ? null : [...given]
}

async function addSecret(
  tx: Db,
  company: string,
  webhookId: string,
  { scheme, publicKey, sealedSecret, secretName }: NewSecret,
): Promise<void> {
  await tx.rows(sql`
    insert into webhook_secret (webhook_id, company_id, scheme, public_key, sealed_secret, secret_name)
    values (${webhookId}, ${company}, ${scheme}, ${publicKey}, ${sealedSecret}, ${secretName})`)
}

/**
 * Replaces what is signed with: the former secret signs on beside its successor for so many hours; those before, as long as they were promised to,
 * but for more than so many, the oldest of them. With no overlap all end at once: somebody else may have them.
 */
export async function replaceSecret(
  tx: Db,
  company: string,
  webhookId: string,
  secret: NewSecret,
  overlapHours: number,
): Promise<void> {
  await tx.rows(sql`
    update webhook_secret
       set ends_at = case when ${overlapHours}::integer = 0
                               or id not in (select s.id from webhook_secret s where s.webhook_id = ${webhookId} and (s.ends_at is null or s.ends_at > statement_timestamp())
                                              order by s.created_at desc, s.id limit ${formerSecretsMax}) then statement_timestamp()
                          else coalesce(ends_at, statement_timestamp() + make_interval(hours => ${overlapHours}::integer)) end
     where webhook_id = ${webhookId} and (ends_at is null or ends_at > statement_timestamp())`)
  await addSecret(tx, company, webhookId, secret)
}

/** A webhook that nobody else changes. */
export interface LockedWebhook
  extends Pick<WebhookRow, 'format' | 'url' | 'enabled' | 'kinds' | 'severities' | 'organizationIds' | 'locationIds'> {
  scheme: NewSecret['scheme']
}

/** A webhook's format, address, scheme and filters; nobody else changes it, or what waits for it, before the transaction ends. Null: no such webhook of this company. */
export async function lockWebhook(tx: Db, company: string, id: string): Promise<LockedWebhook | null> {
  await lockQueueOf(tx, company, id)
  const [row] = await tx.rows<Omit<LockedWebhook, 'scheme'>>(sql`
    select format, url, enabled, kinds, severities, organization_ids as "organizationIds", location_ids as "locationIds" from webhook where id = ${id} and company_id = ${company} for no key update`)
  if (row === undefined) return null
  const [secret] = await tx.rows<{ scheme: NewSecret['scheme'] }>(sql`
    select scheme from webhook_secret where webhook_id = ${id} and ends_at is null`)
  return { ...row, scheme: secret?.scheme ?? 'v1' }
}

/** Locks the queue of a webhook of this company, before the webhook itself is touched. */
async function lockQueueOf(tx: Db, company: string, id: string): Promise<void> {
  await tx.rows(sql`
    select 1 as one
      from webhook_queue
     where webhook_id = ${id} and exists (select from webhook w where w.id = ${id} and w.company_id = ${company})
       for update`)
}

/** What may be changed; what is absent stays, and a filter that is null goes. */
export interface WebhookChange {
  name?: string | undefined
  url?: string | undefined
  enabled?: boolean | undefined
  kinds?: readonly string[] | undefined
  severities?: readonly string[] | null | undefined
  organizationIds?: readonly string[] | null | undefined
  locationIds?: readonly string[] | null | undefined
}

/**
 * Changes a webhook that is locked. Enabling begins anew: what was accepted meanwhile is not told, and what waits is due, as it is where another
 * receiver is named. Where too much had waited, all of that is thrown away.
 */
export async function updateWebhook(tx: Db, id: string, given: WebhookChange): Promise<void> {
  const filter = (column: Sql, value: readonly string[] | null | undefined) =>
    value === undefined ? column : sql`${value === null ? null : [...value]}::text[]`
  const { enabled } = given
  const [before] = await tx.rows<{ overflown: boolean; moves: boolean }>(sql`
    select coalesce(disabled_reason = 'overflowing', false) as "overflown", url <> coalesce(${given.url ?? null}, url) as "moves"
      from webhook where id = ${id}`)
  if (enabled && before?.overflown) await dropWaiting(tx, id, null)
  await tx.rows(sql`
    update webhook
       set name = coalesce(${given.name ?? null}, name), url = coalesce(${given.url ?? null}, url),
           kinds = ${filter(sql`kinds`, given.kinds)}, severities = ${filter(sql`severities`, given.severities)},
           organization_ids = ${filter(sql`organization_ids`, given.organizationIds)},
           location_ids = ${filter(sql`location_ids`, given.locationIds)},
           enabled_at = case when not enabled and ${enabled ?? null}::boolean then statement_timestamp() else enabled_at end,
           disabled_reason = case when ${enabled ?? null}::boolean is null then disabled_reason
                                  when ${enabled ?? null}::boolean then null else coalesce(disabled_reason, 'by hand') end,
           enabled = coalesce(${enabled ?? null}::boolean, enabled)
     where id = ${id}`)
  // At other locations, nothing was seen yet.
  if (given.locationIds !== undefined) await tx.rows(sql`delete from webhook_seen_there where webhook_id = ${id}`)
  if (enabled === undefined && !before?.moves) return
  await forgetFailure(tx, id)
  if (enabled === false) return
  await promoteAll(tx, id)
  await dueNow(
    tx,
    [true, false].map((notice) => ({ webhookId: id, notice })),
  )
}

/** Its name; null where there was no such webhook of this company. */
export async function deleteWebhook(tx: Db, company: string, id: string): Promise<string | null> {
  await lockQueueOf(tx, company, id)
  const [row] = await tx.rows<{ name: string }>(sql`
    delete from webhook where id = ${id} and company_id = ${company} returning name`)
  return row?.name ?? null
}
