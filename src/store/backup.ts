import sql, { raw } from 'sql-template-tag'
import { type ArchiveHeader, ArchiveTally, archiveFormat } from './archive.ts'
import type { Actor, Database, Db } from './database.ts'

const rowsAtOnce = 500

/**
 * Writes the whole database as the lines of an archive (archive.ts), a piece of several lines at a time; `write` resolves when
 * it will take more. One transaction reads all tables as of one moment, while others go on writing: what was committed before
 * that moment is in it, nothing else, and no transaction in part (I5, I7).
 *
 * On the embedded engine there is one connection, and the backup holds it to the end: everybody else waits, so that it is for
 * small sites, and `write` must not wait for a slow receiver without a bound.
 */
export async function writeBackup(
  db: Database,
  actor: Actor,
  createdAt: Date,
  write: (text: string) => Promise<void>,
): Promise<void> {
  let begun = false
  await db.transaction(
    'system',
    actor,
    async (tx) => {
      if (begun) throw new Error('A backup that failed midway was begun again.')
      begun = true
      const tally = new ArchiveTally()
      const send = async (lines: readonly string[]) => {
        for (const line of lines) tally.add(line)
        await write(lines.map((line) => `${line}\n`).join(''))
      }

      const tables = tablesInOrder(await tablesOf(tx))
      await send([JSON.stringify(await headerOf(tx, createdAt))])
      for (const table of tables) {
        await send([JSON.stringify(['table', table])])
        tally.rows[table] = 0
        for await (const rows of rowsOf(tx, table)) {
          tally.rows[table] += rows.length
          await send(rows)
        }
      }
      await write(`${JSON.stringify(['end', tally.end()])}\n`)
    },
    'repeatable read',
  )
}

interface Table {
  name: string
  /** The tables that its rows refer to. */
  needs: string[]
}

/** The tables of the schema but for `migration`, which the header holds. */
export async function tablesOf(tx: Db): Promise<Table[]> {
  return tx.rows<Table>(sql`
    select t.relname::text as name,
           array_remove(array_agg(distinct f.relname::text), null) as needs
      from pg_class t
      join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
      left join pg_constraint c on c.conrelid = t.oid and c.contype = 'f'
      left join pg_class f on f.oid = c.confrelid and f.oid <> t.oid
     where t.relkind in ('r', 'p') and not t.relispartition and t.relname <> 'migration'
     group by t.relname
     order by t.relname`)
}

/** Each table after those that its rows refer to. */
function tablesInOrder(tables: readonly Table[]): string[] {
  const order: string[] = []
  while (order.length < tables.length) {
    const next = tables.find((table) => !order.includes(table.name) && table.needs.every((need) => order.includes(need)))
    if (next === undefined) throw new Error('Foreign keys go in a circle: a backup could not be restored.')
    order.push(next.name)
  }
  return order
}

async function headerOf(tx: Db, createdAt: Date): Promise<ArchiveHeader> {
  const migrations = await tx.rows<ArchiveHeader['migrations'][number]>(
    sql`select number, name, digest from migration order by number`,
  )
  return { assentBackup: archiveFormat, createdAt: createdAt.toISOString(), migrations }
}

/** A table's rows as JSON text, a page at a time. Line breaks can only stand between the tokens of a json column: they become spaces. */
async function* rowsOf(tx: Db, table: string): AsyncGenerator<string[]> {
  await tx.rows(sql`
    declare backup_rows no scroll cursor for
    select translate(row_to_json(t)::text, chr(10) || chr(13), '  ') as line from ${raw(`"${table}"`)} t`)
  for (;;) {
    const rows = await tx.rows<{ line: string }>(sql`fetch ${raw(String(rowsAtOnce))} from backup_rows`)
    if (rows.length === 0) break
    yield rows.map((row) => row.line)
  }
  await tx.rows(sql`close backup_rows`)
}
