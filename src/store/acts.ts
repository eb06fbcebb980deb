import sql, { join, type Sql } from 'sql-template-tag'
import type { Act, ActHead } from '../domain/act.ts'
import type { Db } from './database.ts'

/** Whose acts are told, and to whom. */
export interface ActsReader {
  /** Whose acts: those that concern it, with the personal data of what it did itself and what concerns nobody else; null: all, with all of them (for the vendor). */
  company: string | null
  /** As the caller of the coverage, which says whether what devices and locations are called is told; null: it is not. */
  memberId: string | null
}

interface ActRow {
  seq: number
  at: string
  verb: string
  record: string
  whole: string | null
  withheld: boolean
  previous: string
  digest: string
  salt: string | null
  data: string | null
}

/** Acts after `after`, in their order, at most `limit`. */
export function actsAfter(db: Db, reader: ActsReader, after: number, limit: number): Promise<Act[]> {
  const { company, memberId } = reader
  const covered = sql`
    select x.record from covered_act x where x.caller = ${memberId} and x.organization_id = ${company} and x.seq = a.seq`
  return actsWhole(db, reader, covered, after, limit)
}

/** The same, as all of them were recorded: for the server itself, which works as the system. */
export function recordedActsAfter(db: Db, company: string | null, after: number, limit: number): Promise<Act[]> {
  return actsWhole(db, { company, memberId: null }, sql`select x.record from act x where x.seq = a.seq`, after, limit)
}

/** `whole`: the record as it was made, of an act `a` that is not shown so. */
async function actsWhole(db: Db, { company }: ActsReader, whole: Sql, after: number, limit: number): Promise<Act[]> {
  const parts = placesOf(company).map(
    (place) => sql`(select a.seq from shown_act a where ${place} and a.seq > ${after}::bigint order by a.seq limit ${limit})`,
  )
  // Row by row by their numbers: the planner does not know how few there are.
  const rows = await db.rows<ActRow>(sql`
    select a.seq, a.at, a.verb, a.record, case when a.withheld then (${whole}) end as "whole", a.withheld,
           encode(a.previous, 'hex') as "previous", encode(a.digest, 'hex') as "digest", p.salt, p.data
      from (select n.seq from (${join(parts, ' union all ')}) n order by n.seq limit ${limit}) n
     cross join lateral (select x.* from shown_act x where x.seq = n.seq offset 0) a
      left join lateral (select x.salt, x.data from act_personal x where x.seq = n.seq and ${ownAlone(company)} offset 0) p on true
     order by a.seq`)
  return rows.map(({ salt, data, whole: recorded, withheld, record, ...act }) => ({
    ...act,
    record: recorded ?? record,
    ...(withheld && recorded === null ? { withheld: true as const } : {}),
    ...(salt === null || data === null ? {} : { personal: { salt, data } }),
  }))
}

/**
 * Where an act `a` says that it concerns this company: it names two at most (act_companies_check), and each place has its own indexes, so that a
 * company's acts are read in their order. Null: all acts.
 */
export function placesOf(company: string | null): Sql[] {
  return company === null ? [sql`true`] : [sql`a.company_id = ${company}`, sql`a.other_company_id = ${company}`]
}

/** Whether act `a` was done by this company, and concerns nobody else. Null: any act will do. */
export function ownAlone(company: string | null): Sql {
  return company === null
    ? sql`true`
    : sql`(a.companies = jsonb_build_array(${company}::text) and a.actor_company_id = ${company})`
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
