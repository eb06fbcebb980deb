import pg from 'pg'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../src/store/database.ts'
import { knownMigrations, migrate } from '../src/store/migrate.ts'
import { openPostgres } from '../src/store/postgres.ts'
import { newPostgresDatabase } from './support/server.ts'

let place: Awaited<ReturnType<typeof newPostgresDatabase>>
let database: Database
let other: pg.Client
beforeAll(async () => {
  place = await newPostgresDatabase('template0')
  database = openPostgres(place.url, () => {})
  other = new pg.Client({ connectionString: place.url })
  await other.connect()
})
afterAll(async () => {
  await other.end()
  await database.close()
  await place.drop()
})

test('a migration takes as long as it takes, and waits for another process that migrates: no time limit of statements is its', async () => {
  await migrate(database, 1)
  // The pool's one connection, which is asked again: a statement of another kind would be ended after a second.
  await database.system.rows(sql`select set_config('statement_timeout', '1000', false)`)
  await other.query('begin; select pg_advisory_xact_lock(4700001)')
  let applied: string[] | Error | undefined
  const migrating = migrate(database).then(
    (names) => {
      applied = names
    },
    (error: Error) => {
      applied = error
    },
  )
  const waitsLonger = `
    select exists (select from pg_stat_activity
                    where datname = current_database() and wait_event = 'advisory' and clock_timestamp() - query_start > interval '1.5 seconds') as "is"`
  await expect.poll(async () => applied !== undefined || (await other.query(waitsLonger)).rows[0].is).toBe(true)
  await other.query('commit')
  await migrating
  expect(applied).toHaveLength(knownMigrations().length - 1)
})
