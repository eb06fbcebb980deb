import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createLine, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { newCredential } from '../src/domain/credential.ts'
import type { Database } from '../src/store/database.ts'
import { openEmbedded } from '../src/store/embedded.ts'
import { openPostgres } from '../src/store/postgres.ts'
import { testEngine } from './support/server.ts'
import {
  endWithin,
  newPlace,
  type Place,
  type ServerProcess,
  startProcess,
  startServerProcess,
  until,
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

/** The place's database, opened as it would be by a server. Close it before the server starts. */
async function withDatabase(work: (db: Database) => Promise<void>): Promise<void> {
  const { databaseUrl, dataDir } = place as Place
  const db = databaseUrl ? openPostgres(databaseUrl, () => {}) : await openEmbedded(join(dataDir, 'database'))
  try {
    await work(db)
  } finally {
    await db.close()
  }
}

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

  test.runIf(testEngine === 'embedded')('a database that is damaged', async () => {
    place = await newPlace()
    await withDatabase(async () => {})
    writeFileSync(join(place.dataDir, 'database/global/pg_control'), 'nothing of the kind')
    expect(await refusal(['--port', '0', ...place.flags], place.env)).toMatch(/database.* is damaged.*--restore/)
  })

  test.runIf(testEngine === 'embedded')('a secret that was cut', async () => {
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
  place = await newPlace()
  await withDatabase(async (db) => {
    // The last migration grants rights: as long as it is missing, the serving role may not read.
    await db.script(`
      drop owned by assent_request;
      delete from migration where number >= 6;
      insert into company (id, kind, name) values ('kept', 'customer', 'Kept')`)
  })
  server = await startServerProcess(place.flags, place.env)
  server.signal('SIGTERM')
  expect(await endWithin(server)).toBe(0)
  await withDatabase(async (db) => {
    expect(await db.request.rows(sql`select name from company where id = 'kept'`)).toEqual([{ name: 'Kept' }])
  })
})

/** Where there is nothing to take away from the embedded engine, a test is not there, rather than skipped. */
const onlyOnPostgres: (name: string, promise: () => Promise<void>) => void = testEngine === 'postgres' ? test : () => {}

describe('a running server', () => {
  test('tells of its health, of being ready, and of its figures on their own port alone', async () => {
    place = await newPlace()
    const free = createServer().listen(0, '127.0.0.1')
    await until('a port', async () => free.listening)
    const { port } = free.address() as AddressInfo
    await new Promise((resolve) => free.close(resolve))
    server = await startServerProcess([...place.flags, '--metrics-port', String(port)], place.env)

    expect(await (await fetch(`${server.url}/health`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${server.url}/ready`)).json()).toEqual({ status: 'ready' })
    expect((await fetch(`${server.url}/rest/v1/organizations`)).status).toBe(401)
    const figures = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    expect(figures).toMatch(/^assent_requests_total\{api="rest",operation="listOrganizations",status="401"\} 1$/m)
    expect(figures).toMatch(/^process_resident_memory_bytes \d+/m)
    expect((await fetch(`http://127.0.0.1:${port}/rest/v1/organizations`)).status).toBe(404)
    const elsewhere = await fetch(`${server.url}/metrics`)
    expect(await elsewhere.text()).not.toContain('assent_requests_total')
  })

  test('writes lines of JSON that carry the id which each answer carries, and never the key', async () => {
    place = await newPlace()
    server = await startServerProcess([...place.flags, '--log-level', 'trace'], place.env)
    const key = newCredential('ak_live_', systemClock).text
    const answer = await fetch(`${server.url}/rest/v1/organizations?key=${key}`, { headers: { authorization: `Bearer ${key}` } })
    expect(answer.status).toBe(401)
    const id = answer.headers.get('x-request-id') as string
    expect(((await answer.json()) as { requestId: string }).requestId).toBe(id)

    const line = await until('the line of the request', async () =>
      server
        ?.stderr()
        .split('\n')
        .find((one) => one.includes(id)),
    )
    expect(JSON.parse(line)).toMatchObject({ reqId: id, method: 'GET', path: '/rest/v1/organizations', status: 401 })
    for (const one of server.stderr().trim().split('\n')) expect(() => JSON.parse(one)).not.toThrow()
    expect(server.stderr() + server.stdout()).not.toContain(key.slice(-39))
  })

  test('logs a failure of the database without the values of the statement that failed', async () => {
    place = await newPlace()
    await withDatabase((db) => db.script('alter table sign_in_method add constraint planted check (password is null)'))
    server = await startServerProcess(place.flags, place.env)
    const running = server
    const token = await until('the link', async () => /setup#(su_\w+)/.exec(running.stdout())?.[1])
    const answer = await fetch(`${server.url}/api/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, name: 'Ada', email: 'ada@example.com', password: 'a long enough password' }),
    })
    expect(answer.status).toBe(500)
    const { requestId } = (await answer.json()) as { requestId: string }
    const line = await until('the line of the failure', async () =>
      running
        .stderr()
        .split('\n')
        .find((one) => one.includes(requestId) && one.includes('"err"')),
    )
    const { err } = JSON.parse(line)
    expect(err).toMatchObject({ code: '23514', message: expect.stringContaining('planted'), stack: expect.any(String) })
    // A scrypt hash is hex on either side of a colon.
    expect(line).not.toMatch(/ada@example|[0-9a-f]{32}:[0-9a-f]{64}|insert into/)
  })

  test('answers the request under way when it is told to stop, takes no other, and ends well', async () => {
    place = await newPlace()
    server = await startServerProcess(place.flags, place.env)
    const { port } = new URL(server.url)
    // A request whose body is slow is under way for as long as this test wants.
    const body = JSON.stringify({ email: 'nobody@example.com', password: 'no password at all' })
    const socket = connect(Number(port), '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text
    })
    const over = new Promise((resolve) => socket.once('close', resolve))
    socket.write(
      `POST /api/v1/session HTTP/1.1\r\nhost: localhost:${port}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    )
    // Its headers are with the server once a later request on another connection is answered.
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    server.signal('SIGTERM')
    await until('no more answers of use', () =>
      fetch(`${server?.url}/health`).then(
        (late) => late.status === 503,
        () => true,
      ),
    )
    expect(answer).toBe('')
    socket.write(body.slice(5))
    await over
    expect(answer).toMatch(/^HTTP\/1\.1 401 /)
    expect(answer).toContain('sign-in-failed')
    expect(await endWithin(server)).toBe(0)
  })

  test('is not held up by a connection that says nothing', async () => {
    place = await newPlace()
    server = await startServerProcess(place.flags, place.env)
    const silent = connect(Number(new URL(server.url).port), '127.0.0.1')
    await new Promise((resolve) => silent.once('connect', resolve))
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    server.signal('SIGTERM')
    expect(await endWithin(server)).toBe(0)
    silent.destroy()
  })

  onlyOnPostgres('is alive but not ready while its PostgreSQL cannot be asked', async () => {
    place = await newPlace()
    const line = await lineTo(place.databaseUrl as string)
    server = await startServerProcess(place.flags, { ...place.env, DATABASE_URL: line.url })
    const key = newCredential('ak_live_', systemClock).text
    const ask = () => fetch(`${server?.url}/rest/v1/organizations`, { headers: { authorization: `Bearer ${key}` } })
    expect((await ask()).status).toBe(401)

    line.cut()
    await until('not ready', () => fetch(`${server?.url}/ready`).then((answer) => answer.status === 503))
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    const answer = await ask()
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.text()).not.toMatch(/postgres|127\.0\.0\.1/i)

    line.mend()
    await until('ready again', () => fetch(`${server?.url}/ready`).then((again) => again.ok))
    expect((await ask()).status).toBe(401)
    line.cut()
  })
})

/** A line to a PostgreSQL that can be cut and mended, as networks are. */
async function lineTo(databaseUrl: string): Promise<{ url: string; cut(): void; mend(): void }> {
  const { host, port: databasePort, database } = new pg.Client({ connectionString: databaseUrl })
  const sockets = new Set<Socket>()
  const line = createLine((near) => {
    const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${databasePort}`) : connect(databasePort, host)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one
        .on('error', () => other.destroy())
        .on('close', () => other.destroy())
        .pipe(other)
    }
  }).listen(0, '127.0.0.1')
  await until('a line', async () => line.listening)
  const { port } = line.address() as AddressInfo
  return {
    url: `postgres://postgres@127.0.0.1:${port}/${database}`,
    cut: () => {
      line.close()
      for (const socket of sockets) socket.destroy()
    },
    mend: () => void line.listen(port, '127.0.0.1'),
  }
}
