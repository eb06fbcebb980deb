import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import type { Database } from './database.ts'

const directory = join(import.meta.dirname, 'migrations')

/** The installation's lock for migrating, so that several processes may start at once: any number that nobody else uses. */
const migrationLock = 4_700_001

/** A migration may go through the largest tables, and waits for another process that does: it takes as long as it takes. */
const withoutTimeout = 'set local statement_timeout = 0;'

/** `unique nulls not distinct`, which migrations use, is there from this version on. */
const postgresMin = 15

interface Migration {
  number: number
  name: string
  text: string
  digest: string
}

/**
 * Brings the database to this version's schema, or to that of migration `upTo`: each migration that it lacks, in order, each in one
 * transaction. Returns their names. Throws where PostgreSQL is too old, where the database is newer than this version, or where a migration that it has was changed since.
 */
export async function migrate(db: Database, upTo = Number.POSITIVE_INFINITY): Promise<string[]> {
  await refuseOldPostgres(db)
  await db.script(`
    ${withoutTimeout}
    select pg_advisory_xact_lock(${migrationLock});
    create table if not exists migration (
      number     integer primary key,
      name       text not null,
      digest     text not null,
      applied_at timestamptz not null default statement_timestamp());
    comment on table migration is 'The migrations that this database has had.';`)
  const applied = await db.system.rows<{ number: number; digest: string }>(
    sql`select number, digest from migration order by number`,
  )
  const known = knownMigrations()
  refuseStrange(applied, known)

  const missing = known.filter((migration) => migration.number <= upTo && !applied.some((row) => row.number === migration.number))
  for (const migration of missing) {
    // Another process may have applied it meanwhile: asked again under the lock, inside the same transaction.
    await db.script(`
      ${withoutTimeout}
      select pg_advisory_xact_lock(${migrationLock});
      do $migration$ begin
        if not exists (select 1 from migration where number = ${migration.number}) then
          execute $text$${migration.text}$text$;
          insert into migration (number, name, digest) values (${migration.number}, '${migration.name}', '${migration.digest}');
        end if;
      end $migration$;`)
  }
  return missing.map((migration) => migration.name)
}

/** The migrations of this version, in their order. */
export function knownMigrations(): Migration[] {
  const known = migrationFiles()
  const twice = known.find((one, place) => known[place - 1]?.number === one.number)
  // Of two with one number only the first would ever be applied, without a word.
  if (twice !== undefined)
    throw new Error(`Two migrations have the number ${twice.number}: give ${twice.name} the next free one.`)
  return known
}

function migrationFiles(): Migration[] {
  return readdirSync(directory)
    .filter((file) => /^\d{4}-[a-z-]+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(join(directory, file), 'utf8')
      return {
        number: Number(file.slice(0, 4)),
        name: file.slice(0, -4),
        text,
        digest: createHash('sha256').update(text).digest('hex').slice(0, 16),
      }
    })
}

async function refuseOldPostgres(db: Database): Promise<void> {
  const [row] = await db.system.rows<{ number: number; text: string }>(
    sql`select current_setting('server_version_num')::integer as "number", current_setting('server_version') as "text"`,
  )
  if (row === undefined || row.number >= postgresMin * 10_000) return
  throw new Error(
    `The PostgreSQL that DATABASE_URL names is ${row.text}, and Assent needs ${postgresMin} or later. Upgrade it, or name another one.`,
  )
}

function refuseStrange(applied: { number: number; digest: string }[], known: Migration[]): void {
  for (const row of applied) {
    const migration = known.find((one) => one.number === row.number)
    if (migration === undefined) {
      throw new Error(
        `The database has migration ${row.number}, which this version of Assent does not know. Start the version that made it, or a later one.`,
      )
    }
    if (migration.digest !== row.digest) {
      throw new Error(
        `Migration ${migration.name} differs from the one that this database has had. Migrations are never edited: add a new one.`,
      )
    }
  }
}
