import pg from 'pg'
import sql, { type Sql } from 'sql-template-tag'
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

test('what waits for a webhook of a version that had a lane for each feed goes on in one order for each device', async () => {
  const earlier = await newPostgresDatabase('template0')
  const db = openPostgres(earlier.url, () => {})
  try {
    await migrate(db, 47)
    const run = (statement: Sql) => db.system.rows(statement)
    await run(sql`insert into company (id, kind, name, partner_id) values ('p', 'partner', 'Acme', 'ACME')`)
    await run(sql`
      insert into webhook (id, company_id, name, url, format, kinds) values ('w', 'p', 'Desk', 'https://hook.invalid', 'standard', '{alarm.activated}')`)
    await run(sql`insert into webhook_queue (webhook_id) values ('w')`)
    // As they were made: two alarms, the first of which has failed; between them a change of the device; and another device's.
    await run(sql`
      insert into webhook_delivery (id, webhook_id, needs, kind, lane, place, part, body, created_at, accepted_at, next_attempt_at)
      select x.id, 'w', x.needs, 'kind', x.lane, x.place, 0, '{}', '2026-01-01'::timestamptz + x.minute * interval '1 minute', '2026-01-01', x.due::timestamptz
        from (values ('a1', 'alarms', 'alarms one', 7, 1, '2026-01-02'), ('a2', 'alarms', 'alarms one', 8, 3, null),
                     ('i1', 'inventory', 'inventory one', 3, 2, '2026-01-01'), ('i2', 'inventory', 'inventory two', 4, 4, '2026-01-01'),
                     ('c1', 'nothing', 'coverage one', 1, 5, '2026-01-01')) x (id, needs, lane, place, minute, due)`)
    await migrate(db)
    const lanes = await run(sql`
      select lane, array_agg(id order by ordinal) as "ids", array_agg(id order by ordinal) filter (where next_attempt_at is not null) as "due"
        from webhook_delivery group by lane order by lane`)
    expect(lanes).toEqual([
      { lane: 'coverage one', ids: ['c1'], due: ['c1'] },
      { lane: 'device one', ids: ['a1', 'i1', 'a2'], due: ['a1'] },
      { lane: 'device two', ids: ['i2'], due: ['i2'] },
    ])
    expect(await run(sql`select made from webhook_queue`)).toEqual([{ made: 5 }])
  } finally {
    await db.close()
    await earlier.drop()
  }
})
