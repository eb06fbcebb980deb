import sql, { join, raw, type Sql } from 'sql-template-tag'
import { pagesOf } from './cursor.ts'
import type { Db } from './database.ts'
import { addressColumns, isTraceOf, tracesOf } from './erasure.ts'
import { factsWithoutDeviceData } from './mails.ts'

/** Columns that hold a secret, or what is made of one: by their names, since tables come and go. Bytes are never exported either. */
const secretColumn = '(secret|token$|password|hash|sealed|code|public_key|credential|identifier)'

interface Part {
  name: string
  table: string
  /** Names the person, or a membership of the person, or the person's address. */
  column: string
  by: 'person' | 'member' | 'address'
}

/** The tables whose rows are about a person, or were written by it: those that refer to people, to members, or hold addresses. */
async function partsOf(tx: Db): Promise<Part[]> {
  const referring = await tx.rows<Part>(sql`
    select t.relname || '.' || a.attname as "name", t.relname::text as "table", a.attname::text as "column", f.relname::text as "by"
      from pg_constraint c
      join pg_class t on t.oid = c.conrelid
      join pg_class f on f.oid = c.confrelid and f.relname in ('person', 'member')
      join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1]
     where c.contype = 'f' and cardinality(c.conkey) = 1
     order by 1`)
  const addressed = (await addressColumns(tx)).map(({ table, column }) => ({
    name: `${table}.${column}`,
    table,
    column,
    by: 'address' as const,
  }))
  return [{ name: 'person', table: 'person', column: 'id', by: 'person' }, ...referring, ...addressed]
}

/** The columns of a table that may be shown to the person. */
async function shownColumns(tx: Db, table: string): Promise<Sql[]> {
  const rows = await tx.rows<{ name: string }>(sql`
    select quote_ident(column_name) as "name"
      from information_schema.columns
     where table_schema = 'public' and table_name = ${table} and data_type <> 'bytea' and column_name !~ ${secretColumn}
     order by ordinal_position`)
  const isFacts = (name: string) => table === 'mail' && name === 'facts'
  return rows.map(({ name }) => (isFacts(name) ? sql`${factsWithoutDeviceData} as facts` : raw(name)))
}

/**
 * All that is kept about a person, part after part, as JSON texts of rows: in a transaction of the system. Without secrets. Each part is
 * named by the table and the column that names the person. Last come the acts by or about it, with their personal data:
 * from where somebody else acted is that one's.
 */
export async function* personPages(tx: Db, person: string): AsyncGenerator<{ part: string; lines: string[] }> {
  const traces = await tracesOf(tx, person)
  if (traces === null) return
  const asJson = (statement: ReturnType<typeof sql>) => sql`
    select translate(row_to_json(t)::text, chr(10) || chr(13), '  ') as "line" from (${statement}) t`
  for (const { name, table, column, by } of await partsOf(tx)) {
    yield { part: name, lines: [] }
    const columns = join(await shownColumns(tx, table))
    const names = {
      person: sql`${raw(`"${column}"`)} = ${person}`,
      member: sql`${raw(`"${column}"`)} in (select id from member where person_id = ${person})`,
      address: sql`lower(${raw(`"${column}"`)}) = ${traces.email.toLowerCase()}`,
    }
    const statement = asJson(sql`select ${columns} from ${raw(`"${table}"`)} where ${names[by]}`)
    for await (const rows of pagesOf<{ line: string }>(tx, statement)) yield { part: name, lines: rows.map(({ line }) => line) }
  }
  yield { part: 'accesses', lines: [] }
  const accesses = asJson(sql`
    select organization_id as "organizationId", minute, operation, status, address, first_at as "firstAt", last_at as "lastAt", requests, objects,
           bytes, lines
      from access where reader_id = ${person} and reader_kind = 'person' order by minute`)
  for await (const rows of pagesOf<{ line: string }>(tx, accesses))
    yield { part: 'accesses', lines: rows.map(({ line }) => line) }
  yield { part: 'acts', lines: [] }
  const acts = asJson(sql`
    select a.seq, a.at, a.verb, s.record::jsonb as "record",
           case when s.actor_id = any (${[person, ...traces.otherIds]}::text[]) then p.data::jsonb
                else p.data::jsonb - 'from' end as "personal"
      from act a join shown_act s on s.seq = a.seq left join act_personal p on p.seq = a.seq
     where ${isTraceOf(traces)}
     order by a.seq`)
  for await (const rows of pagesOf<{ line: string }>(tx, acts)) yield { part: 'acts', lines: rows.map(({ line }) => line) }
}
