import sql, { raw, type Sql } from 'sql-template-tag'
import { forgetAddresses } from './accesses/forget.ts'
import type { Db } from './database.ts'
import { lockAdministrators } from './members.ts'

/** A column of the schema that names people: by their id, or by their address. */
interface PersonalColumn {
  table: string
  column: string
}

/**
 * Columns that hold an address of somebody who may have no account yet or any more: those of this name, wherever they are. A company's
 * contact is the company's, and a person's own row is dealt with by itself.
 */
export async function addressColumns(db: Db): Promise<PersonalColumn[]> {
  return db.rows(sql`
    select c.table_name::text as "table", c.column_name::text as "column"
      from information_schema.columns c
      join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
     where c.table_schema = 'public' and c.column_name in ('email', 'recipient') and c.table_name <> 'person'
     order by 1, 2`)
}

/** Whose acts and traces are looked for: the person's id and address, and the ids under which the record knows it as well. */
export interface Traces {
  personId: string
  email: string
  /** Of its memberships, and of the access tokens that it made: also of those that are gone. */
  otherIds: string[]
}

/** Null where there is no such person. */
export async function tracesOf(db: Db, person: string): Promise<Traces | null> {
  const [row] = await db.rows<Traces>(sql`
    with members as (
         select id from member where person_id = ${person}
          union
         select record::jsonb #>> '{subject,id}' from act where verb = 'member.created' and strpos(record, ${person}) > 0),
         tokens as (
         select t.id from access_token t join members m on m.id = t.member_id
          union
         select a.record::jsonb #>> '{subject,id}'
           from act a join members m on a.record::jsonb #>> '{details,member_id}' = m.id
          where a.verb = 'access_token.created')
    select p.id as "personId", p.email, array(select id from members union select id from tokens) as "otherIds"
      from person p
     where p.id = ${person}`)
  return row ?? null
}

/** Whether the act `a`, with its personal data `p`, is by or about somebody: what the record names is looked for as text, since ids are unique. */
export function isTraceOf({ personId, email, otherIds }: Traces): Sql {
  return sql`(exists (select from unnest(${[personId, ...otherIds]}::text[]) x (id) where strpos(a.record, x.id) > 0)
              or strpos(lower(p.data), ${JSON.stringify(email.toLowerCase())}) > 0)`
}

/**
 * Erases a person: account, sessions, ways to sign in, membership and tokens, mails and links to its address, from where it read customers' data, and the personal data of
 * every act by or about it. The acts stay, with the digests of what was erased, so that their chain verifies (I11). Null: there was no
 * such person.
 */
export async function erasePerson(tx: Db, person: string): Promise<Traces | null> {
  const traces = await tracesOf(tx, person)
  if (traces === null) return null
  for (const { table, column } of await addressColumns(tx)) {
    await tx.rows(sql`delete from ${raw(`"${table}"`)} where lower(${raw(`"${column}"`)}) = ${traces.email.toLowerCase()}`)
  }
  // Notices to others say who did it.
  await tx.rows(sql`delete from mail where strpos(lower(facts::text), ${traces.email.toLowerCase()}) > 0`)
  await tx.rows(sql`
    delete from verification where strpos(value, ${person}) > 0 or strpos(lower(value), ${traces.email.toLowerCase()}) > 0`)
  await forgetAddresses(tx, person)
  await tx.rows(sql`delete from person where id = ${person}`)
  // The acts of all this are written now, so that what they tell of the person goes as well.
  await tx.rows(sql`set constraints all immediate`)
  await tx.rows(sql`delete from act_personal p using act a where a.seq = p.seq and ${isTraceOf(traces)}`)
  await tx.rows(sql`set constraints all deferred`)
  return traces
}

/** Whether a company would be left without an administrator, were this person gone. Nobody else removes one before the transaction ends. */
export async function isLastAdministrator(tx: Db, person: string): Promise<boolean> {
  const [member] = await tx.rows<{ id: string; company: string }>(sql`
    select id, company_id as "company" from member where person_id = ${person}`)
  if (member === undefined) return false
  const administrators = await lockAdministrators(tx, member.company)
  return administrators.length === 1 && administrators[0] === member.id
}

/** The company that a person belongs to; null: none, or no such person. */
export async function companyOfPerson(db: Db, person: string): Promise<string | null> {
  const [row] = await db.rows<{ company: string }>(sql`select company_id as "company" from member where person_id = ${person}`)
  return row?.company ?? null
}
