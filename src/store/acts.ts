import sql, { type Sql } from 'sql-template-tag'
import type { Act, ActHead } from '../domain/act.ts'
import type { Db } from './database.ts'

interface ActRow {
  seq: number
  at: string
  verb: string
  record: string
  previous: string
  digest: string
  salt: string | null
  data: string | null
}

/**
 * Acts after `after`, in their order, at most `limit`. `company`: only those that concern it, and personal data only of those
 * that it did itself and that concern nobody else; null: all, with all personal data (for the vendor).
 */
export async function actsAfter(db: Db, company: string | null, after: number, limit: number): Promise<Act[]> {
  const mine: Sql = company === null ? sql`true` : sql`a.record::jsonb -> 'companies' ? ${company}`
  const personal: Sql =
    company === null
      ? sql`true`
      : sql`a.record::jsonb -> 'companies' = jsonb_build_array(${company}::text) and a.record::jsonb #>> '{actor,company}' = ${company}`
  const rows = await db.rows<ActRow>(sql`
    select a.seq, a.at, a.verb, a.record, encode(a.previous, 'hex') as "previous", encode(a.digest, 'hex') as "digest", p.salt, p.data
      from act a
      left join act_personal p on p.seq = a.seq and ${personal}
     where a.seq > ${after} and ${mine}
     order by a.seq
     limit ${limit}`)
  return rows.map(({ salt, data, ...act }) => (salt === null || data === null ? act : { ...act, personal: { salt, data } }))
}

/** The newest act's number and digest, hex; before the first act 0 and what the chain begins with. */
export async function presentHead(db: Db): Promise<{ seq: number; digest: string }> {
  const [row] = await db.rows<{ seq: number; digest: string }>(sql`select seq, encode(digest, 'hex') as "digest" from act_head`)
  if (!row) throw new Error('The record of acts has lost its head row.')
  return row
}

/** Keeps a signed head, unless one of the same act and digest was kept before. */
export async function keepSignedHead(db: Db, head: ActHead): Promise<void> {
  await db.rows(sql`
    insert into signed_head (seq, at, digest, signature)
    select ${head.seq}::bigint, ${head.at}::timestamptz, decode(${head.digest}::text, 'hex'), decode(${head.signature}::text, 'hex')
     where not exists (select 1 from signed_head where seq = ${head.seq} and digest = decode(${head.digest}::text, 'hex'))
    on conflict do nothing`)
}

/** The signed heads kept each hour, in order, after act `after`, at most `limit`. */
export async function signedHeadsAfter(db: Db, after: number, limit: number): Promise<Omit<ActHead, 'publicKey'>[]> {
  return db.rows(sql`
    select seq, at, encode(digest, 'hex') as "digest", encode(signature, 'hex') as "signature"
      from signed_head
     where seq > ${after}
     order by seq, at
     limit ${limit}`)
}
