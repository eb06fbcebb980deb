import sql, { raw, type Sql } from 'sql-template-tag'
import { type ArchiveEnd, ArchiveError, type ArchiveHeader, type ArchiveLine } from './archive.ts'
import { tablesOf } from './backup.ts'
import type { Database, Db } from './database.ts'
import { knownMigrations, migrate } from './migrate.ts'

/**
 * What each feed's head is raised by (contract, section 4): far past every offset that was handed out after the backup's
 * moment. Restoring one backup twice and over gives the same heads again.
 */
export const restoredHeadStep = 2 ** 32

/** Tables that a database without anything in it has rows in; the archive's take their place. */
const startsWithRows = ['act_head', 'server_secret', 'installation_setting', 'access_hours']

const batchRowsMax = 500
const batchCharactersMax = 1_000_000

/** What was restored. */
export interface Restored {
  createdAt: string
  rows: Record<string, number>
}

/**
 * Restores the lines of an archive into an empty database, of either engine, whole or not at all. The schema is first brought
 * to that of the archive, then on to this version's. `check` runs inside the transaction when everything is there; what it
 * throws undoes all. Throws ArchiveError with what to do.
 */
export async function restoreBackup(
  db: Database,
  lines: AsyncGenerator<ArchiveLine>,
  check: (tx: Db) => Promise<void>,
): Promise<Restored> {
  const header = await headerOf(lines)
  await migrate(db, Math.max(...header.migrations.map((one) => one.number)))
  let begun = false
  const end = await db.transaction('system', { kind: 'command line' }, async (tx) => {
    if (begun) throw new Error('A restoration that failed midway was begun again.')
    begun = true
    const tables = (await tablesOf(tx)).map((table) => table.name)
    await refuseFull(tx, tables)
    // The triggers would record acts that the archive has, and make feeds and objects that it has too.
    for (const table of tables) await tx.rows(sql`alter table ${name(table)} disable trigger user`)
    for (const table of tables.filter((one) => startsWithRows.includes(one))) await tx.rows(sql`delete from ${name(table)}`)
    const closing = await insertRows(tx, tables, lines)
    await beyondOldOffsets(tx)
    if (tables.includes('coverage_head')) await beyondOldCoverage(tx)
    // A row may refer to one of its own table that came after it: that is looked at now that all are there.
    await tx.rows(sql`set constraints all immediate`)
    await tx.rows(sql`set constraints all deferred`)
    for (const table of tables) await tx.rows(sql`alter table ${name(table)} enable trigger user`)
    await check(tx)
    await recordRestoration(tx, header, closing)
    return closing
  })
  await migrate(db)
  return { createdAt: header.createdAt, rows: end.rows }
}

async function headerOf(lines: AsyncGenerator<ArchiveLine>): Promise<ArchiveHeader> {
  const first = (await lines.next()).value as ArchiveLine | undefined
  if (first === undefined || !('header' in first)) throw new ArchiveError('The backup has no header: it was changed.')
  const known = knownMigrations()
  for (const migration of first.header.migrations) {
    const same = known.find((one) => one.number === migration.number)
    if (same === undefined) {
      throw new ArchiveError(
        `The backup is of a newer version of Assent: it has migration ${migration.name}. Restore it with that version, or a later one.`,
      )
    }
    if (same.digest !== migration.digest) {
      throw new ArchiveError(
        `The backup was made with another form of migration ${migration.name}. Restore it with the version that made it.`,
      )
    }
  }
  return first.header
}

async function refuseFull(tx: Db, tables: readonly string[]): Promise<void> {
  for (const table of tables.filter((one) => !startsWithRows.includes(one))) {
    const [row] = await tx.rows(sql`select 1 as found from ${name(table)} limit 1`)
    if (row !== undefined) {
      throw new ArchiveError(
        `The database is not empty (there are rows in ${table}). Restore into an empty one: name another data directory with --data, or another DATABASE_URL.`,
      )
    }
  }
}

async function insertRows(tx: Db, tables: readonly string[], lines: AsyncGenerator<ArchiveLine>): Promise<ArchiveEnd> {
  let table = ''
  let rows: string[] = []
  let characters = 0
  const flush = async () => {
    if (rows.length === 0) return
    await insertInto(tx, table, rows)
    rows = []
    characters = 0
  }
  let end: ArchiveEnd | undefined
  // To the very end, past the closing line: only then is the file known to be whole.
  for await (const line of lines) {
    if ('row' in line) {
      rows.push(line.row)
      characters += line.row.length
      if (rows.length >= batchRowsMax || characters >= batchCharactersMax) await flush()
      continue
    }
    await flush()
    if ('end' in line) end = line.end
    if (!('table' in line)) continue
    if (!tables.includes(line.table))
      throw new ArchiveError('The backup names a table that its schema does not have: it was changed.')
    table = line.table
  }
  if (end === undefined) throw new ArchiveError('The backup has no end: it is cut short.')
  return end
}

async function insertInto(tx: Db, table: string, rows: readonly string[]): Promise<void> {
  try {
    await makePartitions(tx, table, rows)
    await tx.rows(sql`
      insert into ${name(table)} select * from json_populate_recordset(null::${name(table)}, ${`[${rows.join(',')}]`}::text::json)`)
  } catch (error) {
    // Classes 22 and 23: a value that is none, and one that breaks a rule of the schema.
    if (!/^2[23]/.test(String((error as { code?: string }).code))) throw error
    throw new ArchiveError(
      `The backup was changed: its rows of ${table} cannot be stored (${(error as Error).message}). Take another copy of it.`,
    )
  }
}

/** The functions that make the partitions which rows of these tables need, and the time that they go by. */
const partitioned: Readonly<Record<string, { keep: Sql; time: Sql }>> = {
  measurement_block: { keep: sql`keep_measurement_days`, time: sql`accepted_at` },
  measurement_rollup: { keep: sql`keep_rollup_months`, time: sql`hour` },
}

async function makePartitions(tx: Db, table: string, rows: readonly string[]): Promise<void> {
  const made = partitioned[table]
  if (made === undefined) return
  await tx.rows(sql`
    select ${made.keep}(x.day, x.day)
      from (select distinct (${made.time} at time zone 'UTC')::date as day
              from json_populate_recordset(null::${name(table)}, ${`[${rows.join(',')}]`}::text::json)) x`)
}

/**
 * Offsets that were handed out after the backup's moment say nothing any more, and from here they cannot be told from those
 * before it. So all of them fall behind `purged`: their readers get what changed after them, and are told to list again.
 */
async function beyondOldOffsets(tx: Db): Promise<void> {
  await tx.rows(sql`
    update feed_head set head = head + ${restoredHeadStep}::bigint, purged = head + ${restoredHeadStep}::bigint`)
}

/** The same for the feed of coverage. What time has changed since the backup is looked at once more. */
async function beyondOldCoverage(tx: Db): Promise<void> {
  await tx.rows(sql`
    update coverage_head set head = head + ${restoredHeadStep}::bigint, purged = head + ${restoredHeadStep}::bigint`)
  await tx.rows(sql`update coverage_change set next_at = statement_timestamp()`)
}

async function recordRestoration(tx: Db, header: ArchiveHeader, end: ArchiveEnd): Promise<void> {
  const details = JSON.stringify({ createdAt: header.createdAt, sha256: end.sha256 })
  await tx.rows(sql`
    select record_act('installation.restored', '{}'::text[], '{"kind": "installation"}'::jsonb, ${details}::text::jsonb, '{}'::jsonb)`)
}

function name(table: string) {
  return raw(`"${table}"`)
}
