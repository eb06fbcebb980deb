import sql from 'sql-template-tag'
import type { Db } from './database.ts'

/**
 * The database's schema as a text of SQL, to be read: tables with their constraints, indexes and comments, views, functions,
 * triggers, and what the role that serves requests may. In the order of names, so that a difference is a change.
 */
export async function schemaText(db: Db): Promise<string> {
  const parts = [await tables(db), await views(db), await functions(db), await triggers(db), await grants(db)]
  return `${parts.flat().join('\n\n')}\n`
}

async function texts(db: Db, statement: ReturnType<typeof sql>): Promise<string[]> {
  return (await db.rows<{ text: string }>(statement)).map((row) => row.text.trim())
}

function tables(db: Db): Promise<string[]> {
  return texts(
    db,
    sql`
    select 'create table ' || c.relname || E' (\n' || d.definitions || E'\n)' || coalesce(' partition by ' || pg_get_partkeydef(c.oid), '') || ';'
           || coalesce(E'\n' || i.indexes, '')
           || coalesce(E'\ncomment on table ' || c.relname || ' is ' || quote_literal(obj_description(c.oid, 'pg_class')) || ';', '')
           || coalesce(E'\n' || m.comments, '') as "text"
      from pg_class c
     cross join lateral (
           select string_agg('  ' || line, E',\n' order by part, place) as definitions
             from (select 1 as part, a.attnum::text::int as place,
                          a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                          || case when a.attnotnull then ' not null' else '' end
                          || coalesce(' default ' || pg_get_expr(e.adbin, e.adrelid), '') as line
                     from pg_attribute a
                     left join pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                    union all
                   select 2, row_number() over (order by k.contype desc, k.conname)::int, 'constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
                     from pg_constraint k
                    where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c', 'x')) x) d
     cross join lateral (
           select string_agg(pg_get_indexdef(n.indexrelid) || ';', E'\n' order by n.indexrelid::regclass::text) as indexes
             from pg_index n
            where n.indrelid = c.oid and not exists (select 1 from pg_constraint k where k.conindid = n.indexrelid and k.conrelid = c.oid)) i
     cross join lateral (
           select string_agg('comment on column ' || c.relname || '.' || a.attname || ' is ' || quote_literal(col_description(c.oid, a.attnum)) || ';',
                             E'\n' order by a.attnum) as comments
             from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and col_description(c.oid, a.attnum) is not null) m
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     order by c.relname`,
  )
}

function views(db: Db): Promise<string[]> {
  return texts(
    db,
    sql`
    select 'create view ' || c.relname || E' as\n' || pg_get_viewdef(c.oid, true)
           || coalesce(E'\ncomment on view ' || c.relname || ' is ' || quote_literal(obj_description(c.oid, 'pg_class')) || ';', '') as "text"
      from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
     order by c.relname`,
  )
}

function functions(db: Db): Promise<string[]> {
  return texts(
    db,
    sql`
    select trim(trailing E'\n' from pg_get_functiondef(p.oid)) || ';'
           || coalesce(E'\ncomment on function ' || p.proname || ' is ' || quote_literal(obj_description(p.oid, 'pg_proc')) || ';', '') as "text"
      from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
     order by p.proname`,
  )
}

async function triggers(db: Db): Promise<string[]> {
  const all = await texts(
    db,
    sql`
    select pg_get_triggerdef(t.oid, true) || ';' as "text"
      from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
     order by c.relname, t.tgname`,
  )
  return [all.join('\n')]
}

async function grants(db: Db): Promise<string[]> {
  const all = await texts(
    db,
    sql`
    select 'grant ' || string_agg(lower(g.privilege_type), ', ' order by g.privilege_type) || ' on ' || c.relname || ' to assent_request;' as "text"
      from pg_class c
     cross join lateral aclexplode(c.relacl) g
      join pg_roles r on r.oid = g.grantee
     where c.relnamespace = 'public'::regnamespace and r.rolname = 'assent_request'
     group by c.relname
     order by c.relname`,
  )
  return [all.join('\n')]
}
