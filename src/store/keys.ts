import sql, { type Sql } from 'sql-template-tag'
import type { Key, KeyKind, KeyOrganization } from '../domain/key.ts'
import type { Db } from './database.ts'
import { present } from './present.ts'

interface KeyRow {
  id: string
  kind: KeyKind
  name: string
  prefix: string
  enabled: boolean
  valid: boolean
  createdAt: string
  createdBy: string | null
  expiresAt: string | null
  networks: string[] | null
  reportedAt: string | null
  replaces: Key['replaces'] | null
  replacedBy: Key['replacedBy'] | null
  lastUsedAt: string | null
  lastUsedAddress: string | null
  covered: number
  chosen: number | null
}

/** A company's keys, the newest first, those that are no longer valid too. */
export async function keysOf(db: Db, company: string): Promise<Key[]> {
  const rows = await db.rows<KeyRow>(keysWhere(sql`k.company_id = ${company}`))
  return rows.map(present)
}

/** A key of this company, or null. */
export async function keyOf(db: Db, company: string, id: string): Promise<Key | null> {
  const [row] = await db.rows<KeyRow>(keysWhere(sql`k.company_id = ${company} and k.id = ${id}`))
  return row ? present(row) : null
}

function keysWhere(condition: Sql): Sql {
  return sql`
    select k.id, k.kind, k.name, case k.kind when 'demo' then 'ak_demo_' else 'ak_live_' end || k.id as "prefix", k.enabled,
           coalesce((select true from valid_key v where v.id = k.id), false) as "valid", k.created_at as "createdAt", m.name as "createdBy",
           k.expires_at as "expiresAt", k.networks::text[] as "networks", k.reported_at as "reportedAt",
           (select json_build_object('id', x.id, 'name', x.name) from api_key x where x.id = k.predecessor_id) as "replaces",
           (select json_build_object('id', x.id, 'name', x.name) from api_key x where x.predecessor_id = k.id) as "replacedBy", u.used_at as "lastUsedAt", u.address as "lastUsedAddress",
           (select count(*) from coverage c where c.caller = k.id) as "covered",
           case when k.kind = 'specific' then (select count(*) from api_key_organization o where o.key_id = k.id) end as "chosen"
      from api_key k
      left join person m on m.id = k.created_by
      left join api_key_use u on u.key_id = k.id
     where ${condition}
     order by k.created_at desc, k.id`
}

/** The organizations that a key of this company might cover, by label, each with why it does not. */
export async function keyOrganizations(db: Db, company: string, id: string): Promise<KeyOrganization[]> {
  return db.rows<KeyOrganization>(sql`
    select x.organization_id as "organizationId", x.label, x.reasons = '{}' as "covered", x.reasons
      from (select organization_id, label, reasons from key_coverage where key_id = ${id} and company_id = ${company}
             union all
            select o.id, o.name,
                   array_remove(array[
                     case when k.reported_at is not null then 'key reported' end,
                     case when not k.enabled then 'key disabled' end,
                     case when k.expires_at <= statement_timestamp() then 'key expired' end,
                     case when o.suspended_at is not null then 'suspended' end,
                     case when k.kind = 'own' and not exists (select 1 from active_subscription s where s.company_id = o.id)
                          then 'no active subscription' end], null)
              from api_key k
              join company o on k.kind = 'own' and o.id = k.company_id or k.kind = 'demo' and o.kind = 'demo'
             where k.id = ${id} and k.company_id = ${company}) x
     order by x.label, x.organization_id`)
}

/** Networks as they are stored: each once, in their order, with nothing behind the mask. Null where none are given. */
function networksOf(networks: readonly string[] | undefined): Sql {
  return sql`(select array_agg(distinct network(n::inet)) from unnest(${networks ?? null}::text[]) n)`
}

export async function createKey(
  tx: Db,
  company: string,
  given: {
    id: string
    kind: KeyKind
    name: string
    expiresAt?: string | undefined
    networks?: readonly string[] | undefined
    secretHash: Uint8Array
    secretName: string
    createdBy: string | null
  },
): Promise<void> {
  await tx.rows(sql`
    insert into api_key (id, company_id, kind, name, secret_hash, secret_name, expires_at, networks, created_by)
    values (${given.id}, ${company}, ${given.kind}, ${given.name}, ${given.secretHash}, ${given.secretName}, ${given.expiresAt ?? null}::timestamptz,
            ${networksOf(given.networks)}, ${given.createdBy})`)
}

/** Puts organizations into a key's set, as far as they are connected to the partner now; returns those that were. */
export async function addKeyOrganizations(
  tx: Db,
  partner: string,
  key: string,
  organizations: readonly string[],
): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    insert into api_key_organization (key_id, organization_id)
    select ${key}, c.organization_id
      from connected_customer c
     where c.partner_company_id = ${partner} and c.organization_id = any (${organizations}::text[])
    returning organization_id as "id"`)
  return rows.map((row) => row.id)
}

/** What a change of a key must know. */
export interface KeyToChange {
  kind: KeyKind
  enabled: boolean
  /** Whether it is accepted now, from its networks. */
  valid: boolean
  expiresAt: string | null
  networks: string[] | null
  reportedAt: string | null
  replaced: boolean
  organizationIds: string[]
}

/** Nobody else changes the key before the transaction ends. Null: no such key of this company. */
export async function lockKey(tx: Db, company: string, id: string): Promise<KeyToChange | null> {
  await tx.rows(sql`select id from api_key where id = ${id} and company_id = ${company} for update`)
  const [key] = await tx.rows<KeyToChange>(sql`
    select k.kind, k.enabled, exists (select from valid_key v where v.id = k.id) as "valid", k.expires_at as "expiresAt",
           k.networks::text[] as "networks", k.reported_at as "reportedAt",
           exists (select from api_key x where x.predecessor_id = k.id) as "replaced",
           array(select o.organization_id from api_key_organization o where o.key_id = k.id) as "organizationIds"
      from api_key k
     where k.id = ${id} and k.company_id = ${company}`)
  return key ?? null
}

/** Sets what is given. That nothing widens is the caller's to see to. */
export async function updateKey(
  tx: Db,
  id: string,
  given: { name?: string | undefined; enabled?: boolean | undefined; expiresAt?: string | undefined },
): Promise<void> {
  await tx.rows(sql`
    update api_key
       set name = coalesce(${given.name ?? null}, name),
           enabled = coalesce(${given.enabled ?? null}::boolean, enabled),
           expires_at = coalesce(${given.expiresAt ?? null}::timestamptz, expires_at)
     where id = ${id}`)
}

/** Lets a key be accepted from these networks alone. Whether it was: not where one of them is not within its present networks. */
export async function narrowKeyNetworks(tx: Db, id: string, networks: readonly string[]): Promise<boolean> {
  const rows = await tx.rows(sql`
    update api_key k
       set networks = ${networksOf(networks)}
     where k.id = ${id}
       and (k.networks is null or not exists (select from unnest(${networks}::text[]) n where not n::inet <<= any (k.networks)))
    returning k.id`)
  return rows.length > 0
}

/** Makes a key for all customers one for specific customers, whose set is still empty. */
export async function specifyKey(tx: Db, id: string): Promise<void> {
  await tx.rows(sql`update api_key set kind = 'specific' where id = ${id} and kind = 'all'`)
}

/**
 * Makes a key with the settings of another one, which ends so many days from now, or at its own end where that comes first. The other one's
 * row is locked, and no other key replaces it.
 */
export async function createSuccessor(
  tx: Db,
  predecessor: string,
  given: { id: string; secretHash: Uint8Array; secretName: string; createdBy: string | null; overlapDays: number },
): Promise<void> {
  await tx.rows(sql`
    insert into api_key (id, company_id, kind, name, secret_hash, secret_name, expires_at, networks, created_by, predecessor_id)
    select ${given.id}, company_id, kind, name, ${given.secretHash}, ${given.secretName}, expires_at, networks, ${given.createdBy}, id
      from api_key where id = ${predecessor}`)
  await tx.rows(sql`
    insert into api_key_organization (key_id, organization_id)
    select ${given.id}, organization_id from api_key_organization where key_id = ${predecessor}`)
  await tx.rows(sql`
    update api_key
       set expires_at = least(expires_at, statement_timestamp() + make_interval(days => ${given.overlapDays}))
     where id = ${predecessor}`)
}

/** Takes all but these organizations out of a key's set. */
export async function keepKeyOrganizations(tx: Db, key: string, organizations: readonly string[]): Promise<void> {
  await tx.rows(sql`
    delete from api_key_organization where key_id = ${key} and not organization_id = any (${organizations}::text[])`)
}

/** Its name; null where there was no such key of this company. */
export async function deleteKey(tx: Db, company: string, id: string): Promise<string | null> {
  const [row] = await tx.rows<{ name: string }>(sql`
    delete from api_key where id = ${id} and company_id = ${company} returning name`)
  return row?.name ?? null
}
