import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../src/store/database.ts'
import { testEngine } from './support/server.ts'
import {
  endWithin,
  newPlace,
  type Place,
  type ServerProcess,
  startProcess,
  startServerProcess,
  until,
  withDatabaseOf,
} from './support/server-process.ts'

const secret = 'a-secret-of-the-server-that-nobody-should-see'
const address = `postgres://assent:${secret}@127.0.0.1:1/assent`

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

/** Starts the server, which must refuse: what it wrote as an error, one line without a stack. */
async function refusal(flags: readonly string[], env: Record<string, string | undefined> = {}): Promise<string> {
  const running = startProcess(['src/main.ts', ...flags], {
    ASSENT_DATA: join(directory, 'refused'),
    ASSENT_LOG_LEVEL: 'warn',
    ...env,
  })
  expect(await endWithin(running)).toBe(1)
  const said = running.stderr().trim()
  expect(said).toMatch(/^Assent cannot start: [^\n]+$/)
  expect(said + running.stdout()).not.toContain(secret)
  return said
}

const withDatabase = (work: (db: Database) => Promise<void>) => withDatabaseOf(place as Place, work)

describe('a setting that cannot be used is refused with what to give', () => {
  const settings: [string, string[], Record<string, string>, RegExp][] = [
    ['an unknown flag', ['--prot', '4701'], {}, /'--prot'.*--help/],
    ['a flag without its value', ['--port'], {}, /--port.*--help/],
    ['a word too many', ['4701'], {}, /4701.*--help/],
    ['a port that is no number', ['--port', '47oo'], {}, /ASSENT_PORT is "47oo".*0 to 65535/],
    ['a port that is too high', [], { ASSENT_PORT: '70000' }, /ASSENT_PORT is "70000".*0 to 65535/],
    ['a host that is none', [], { ASSENT_HOST: 'not a host' }, /ASSENT_HOST is "not a host".*127\.0\.0\.1/],
    ['an address with a path', ['--url', 'https://portal.example.com/assent'], {}, /ASSENT_URL is .*without path/],
    ['an address of another scheme', [], { ASSENT_URL: 'ftp://portal.example.com' }, /ASSENT_URL is .*https:\/\/portal/],
    [
      'a database of another kind',
      [],
      { DATABASE_URL: `mysql://assent:${secret}@db/assent` },
      /DATABASE_URL is not .*postgresql:\/\//,
    ],
    ['a database without the secret', [], { DATABASE_URL: address }, /ASSENT_SECRET is missing.*openssl rand/],
    ['a secret that is too short', [], { ASSENT_SECRET: 'short' }, /ASSENT_SECRET has 5 characters.*32/],
    ['a former secret that is too short', [], { ASSENT_FORMER_SECRET: 'short' }, /ASSENT_FORMER_SECRET has 5 characters.*32/],
    [
      'a proxy that is no address',
      [],
      { ASSENT_TRUSTED_PROXIES: '10.0.0.5, proxy' },
      /ASSENT_TRUSTED_PROXIES names "proxy".*192\.0\.2\.0\/24/,
    ],
    [
      'a network that is too wide',
      [],
      { ASSENT_TRUSTED_PROXIES: '10.0.0.0/33' },
      /ASSENT_TRUSTED_PROXIES names "10\.0\.0\.0\/33"/,
    ],
    ['a port of metrics that is none', ['--metrics-port', '-1'], {}, /metrics-port|ASSENT_METRICS_PORT/],
    ['a name that is too long', [], { ASSENT_PORTAL_NAME: 'x'.repeat(51) }, /ASSENT_PORTAL_NAME .*1 to 50/],
    ['a level of logs that is none', [], { ASSENT_LOG_LEVEL: 'loud' }, /ASSENT_LOG_LEVEL is "loud".*trace/],
    ['a backup that is not there', ['--restore', '/nowhere/backup'], {}, /\/nowhere\/backup cannot be read/],
  ]
  test.for(settings)('%s', async ([, flags, env, expected]) => {
    expect(await refusal(flags, env)).toMatch(expected)
  })

  test('--help prints each setting, and ends well', async () => {
    const running = startProcess(['src/main.ts', '--help'])
    expect(await endWithin(running)).toBe(0)
    for (const name of ['--port', 'ASSENT_PORT', 'DATABASE_URL', 'ASSENT_SECRET', '--empty', '--restore'])
      expect(running.stdout()).toContain(name)
  })
})

/** What only the embedded engine has is no test on the other, rather than one that is skipped. */
const onEmbedded: (name: string, promise: () => Promise<void>) => void = testEngine === 'embedded' ? test : () => {}

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
    const said = await refusal(['--port', '0'], { DATABASE_URL: address, ASSENT_SECRET: secret })
    expect(said).toMatch(/DATABASE_URL.*ECONNREFUSED/)
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
