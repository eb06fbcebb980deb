import { createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createLine, type Socket } from 'node:net'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { newCredential } from '../src/domain/credential.ts'
import type { Database } from '../src/store/database.ts'
import { checkAnswer, operations, pathOf } from './support/contract.ts'
import { Connections } from './support/door.ts'
import { endWithin, until } from './support/own-process.ts'
import { testEngine } from './support/server.ts'
import { newPlace, type Place, type ServerProcess, startServerProcess, withDatabaseOf } from './support/server-process.ts'
import { offsetOfNobody } from './support/stream-requests.ts'

let place: Place | undefined
let server: ServerProcess | undefined
afterEach(async () => {
  server?.signal('SIGKILL')
  await server?.ended
  await place?.remove()
  place = undefined
  server = undefined
})

/** Where there is nothing to take away from the embedded engine, a test is not there, rather than skipped. */
const onlyOnPostgres: (name: string, promise: () => Promise<void>) => void = testEngine === 'postgres' ? test : () => {}

const withDatabase = (work: (db: Database) => Promise<void>) => withDatabaseOf(place as Place, work)

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
    const lines = new Connections(1)
    for (const operation of operations) {
      const path = pathOf(operation, { organizationId: 'any', deviceId: 'any', offset: 0 })
      const query =
        operation.operationId === 'replayMeasurements' ? `?fromOffset=${offsetOfNobody}&toOffset=${offsetOfNobody}` : ''
      const { status, headers, text } = await lines.get(`${server.url}/rest/v1${path}${query}`, key, {
        ...(operation.isStream ? { 'accept-encoding': 'gzip' } : {}),
      })
      expect([operation.operationId, status]).toEqual([operation.operationId, 503])
      checkAnswer(operation.operationId, status, headers, text)
      expect(Number(headers['retry-after'])).toBeGreaterThan(0)
      expect(text).not.toMatch(/postgres|127\.0\.0\.1/i)
    }
    lines.close()

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
