import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../src/store/database.ts'
import { ensurePackage } from './support/debian.ts'
import { endWithin, until } from './support/own-process.ts'
import { address, refusalOf, refusalOfProgram, secret } from './support/refusal.ts'
import { testEngine } from './support/server.ts'
import { newPlace, type Place, type ServerProcess, startServerProcess, withDatabaseOf } from './support/server-process.ts'

const run = promisify(execFile)

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'assent-start-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

let place: Place | undefined
let server: ServerProcess | undefined
afterEach(async () => {
  server?.signal('SIGKILL')
  await server?.ended
  await place?.remove()
  place = undefined
  server = undefined
})

const refusal = (flags: readonly string[], env: Record<string, string | undefined> = {}) =>
  refusalOf(flags, { ASSENT_DATA: join(directory, 'refused'), ...env })

const withDatabase = (work: (db: Database) => Promise<void>) => withDatabaseOf(place as Place, work)

/** What only the embedded engine has is no test on the other, rather than one that is skipped. */
const onEmbedded: (name: string, promise: () => Promise<void>) => void = testEngine === 'embedded' ? test : () => {}

const onPostgres: typeof onEmbedded = testEngine === 'postgres' ? test : () => {}

describe('what stands in the way of a start is said', () => {
  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await until('a port', async () => other.listening)
    const { port } = other.address() as AddressInfo
    place = await newPlace()
    const said = await refusal(['--port', String(port), ...place.flags], place.env)
    expect(said).toMatch(new RegExp(`[Pp]ort ${port} .*in use.*--port`))
    other.close()
  })

  test('a backup that is not there', async () => {
    place = await newPlace()
    expect(await refusal([...place.flags, '--restore', '/nowhere/backup'], place.env)).toMatch(/\/nowhere\/backup cannot be read/)
  })

  test('a data directory that is a file', async () => {
    writeFileSync(join(directory, 'file'), '')
    expect(await refusal(['--port', '0', '--data', join(directory, 'file')])).toMatch(/file.* data directory .*--data/)
  })

  onEmbedded('a database that is damaged', async () => {
    place = await newPlace()
    await withDatabase(async () => {})
    writeFileSync(join(place.dataDir, 'database/global/pg_control'), 'nothing of the kind')
    expect(await refusal(['--port', '0', ...place.flags], place.env)).toMatch(/database.* is damaged.*--restore/)
  })

  onEmbedded('a secret that was cut', async () => {
    place = await newPlace()
    writeFileSync(join(place.dataDir, 'secret'), '\n')
    expect(await refusal(['--port', '0', ...place.flags], place.env)).toMatch(/secret does not hold.*backup/)
  })

  test('a PostgreSQL that does not answer', async () => {
    const said = await refusalOfProgram(['--port', '0'], { DATABASE_URL: address, ASSENT_SECRET: secret })
    expect(said).toMatch(/DATABASE_URL.*ECONNREFUSED/)
  })

  onPostgres('a PostgreSQL that is too old', async () => {
    place = await newPlace()
    // Found before the function of the system, as no setting can pretend another version.
    await withDatabase((db) =>
      db.script(`create schema old;
        create function old.current_setting(name text) returns text language sql
          as $$ select case name when 'server_version' then '14.20' else '140020' end $$`),
    )
    const options = encodeURIComponent('-c search_path=old,pg_catalog,public')
    const { databaseUrl = '' } = place
    const said = await refusal(['--port', '0', ...place.flags], {
      ...place.env,
      DATABASE_URL: `${databaseUrl}${databaseUrl.includes('?') ? '&' : '?'}options=${options}`,
    })
    expect(said).toMatch(/PostgreSQL .* is 14\.20, and Assent needs 15 or later/)
  })

  test("another secret than the database's", async () => {
    place = await newPlace()
    server = await startServerProcess(place.flags, place.env)
    server.signal('SIGTERM')
    expect(await endWithin(server)).toBe(0)
    const said = await refusal(['--port', '0', ...place.flags], { ...place.env, ASSENT_SECRET: `${secret}-another` })
    expect(said).toMatch(/not the secret.*ASSENT_FORMER_SECRET/)
  })

  test('a schema of a later version', async () => {
    place = await newPlace()
    await withDatabase((db) => db.script("insert into migration (number, name, digest) values (9999, 'later', 'x')"))
    expect(await refusal(['--port', '0', ...place.flags], place.env)).toMatch(/migration 9999.*later/)
  })

  test('a migration that was edited after it was applied', async () => {
    place = await newPlace()
    await withDatabase((db) => db.script("update migration set digest = 'x' where number = 1"))
    expect(await refusal(['--port', '0', ...place.flags], place.env)).toMatch(/Migration 0001-\S+ differs/)
  })
})

onEmbedded('a first start prints a curl line that works as it stands', async () => {
  const missing = ensurePackage('curl')
  if (missing !== null) throw new Error(missing)
  place = await newPlace()
  server = await startServerProcess(['--data', place.dataDir])
  const { stdout } = server
  const line = await until('the curl line', async () => /^curl .*(?=\n)/m.exec(stdout())?.[0])
  const { stdout: answer } = await run('sh', ['-c', `${line} -w '\\n%{http_code}'`], {
    env: { ...process.env, no_proxy: 'localhost' },
  })
  const [body = '', status] = answer.split('\n')
  expect(status).toBe('200')
  expect((JSON.parse(body) as { organizations: object[] }).organizations.length).toBeGreaterThan(0)
})

test('a schema of an earlier version is brought forward, and what is in it stays', async () => {
  // The migration after it grants rights: as long as it is missing, the serving role may not read.
  const write = (db: Database) => db.script("insert into company (id, kind, name) values ('kept', 'customer', 'Kept')")
  place = await newPlace(testEngine, { migration: 5, write })
  server = await startServerProcess(place.flags, place.env)
  server.signal('SIGTERM')
  expect(await endWithin(server)).toBe(0)
  await withDatabase(async (db) => {
    expect(await db.request.rows(sql`select name from company where id = 'kept'`)).toEqual([{ name: 'Kept' }])
  })
})
