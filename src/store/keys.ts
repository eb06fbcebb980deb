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
  lastUsedAt: string | null
  lastUsedAddress: string | null
  covered: number
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
           exists (select 1 from valid_key v where v.id = k.id) as "valid", k.created_at as "createdAt", m.name as "createdBy",
           k.expires_at as "expiresAt", u.used_at as "lastUsedAt", u.address as "lastUsedAddress",
           (select count(*) from coverage c where c.caller = k.id) as "covered"
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

export async function createKey(
  tx: Db,
  company: string,
  given: {
    id: string
    kind: KeyKind
    name: string
    expiresAt?: string | undefined
    secretHash: Uint8Array
    secretName: string
    createdBy: string | null
  },
): Promise<void> {
  await tx.rows(sql`
    insert into api_key (id, company_id, kind, name, secret_hash, secret_name, expires_at, created_by)
    values (${given.id}, ${company}, ${given.kind}, ${given.name}, ${given.secretHash}, ${given.secretName}, ${given.expiresAt ?? null}::timestamptz,
            ${given.createdBy})`)
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

/** What a change of a key must know; nobody else changes it before the transaction ends. Null: no such key of this company. */
export async function lockKey(
  tx: Db,
  company: string,
  id: string,
): Promise<{ kind: KeyKind; enabled: boolean; expiresAt: string | null; organizationIds: string[] } | null> {
  const [key] = await tx.rows<{ kind: KeyKind; enabled: boolean; expiresAt: string | null }>(sql`
    select kind, enabled, expires_at as "expiresAt" from api_key where id = ${id} and company_id = ${company} for update`)
  if (!key) return null
  const set = await tx.rows<{ id: string }>(sql`select organization_id as "id" from api_key_organization where key_id = ${id}`)
  return { ...key, organizationIds: set.map((row) => row.id) }
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
