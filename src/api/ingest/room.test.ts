import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newGateway, newOrganization, type TestGateway } from '../../../test/support/ingest.ts'
import { startServer, type TestServer, testEngine } from '../../../test/support/server.ts'
import { batchBounds } from '../../domain/batch.ts'
import { ingestLimits } from './limits.ts'

let server: TestServer
let organization: string
let gateway: TestGateway
const sockets: Socket[] = []
beforeAll(async () => {
  server = await startServer()
  organization = await newOrganization(server)
  gateway = await newGateway(server, organization)
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})
afterAll(() => server.close())

const inventory = { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS' }] }

/** The embedded engine is one connection: nothing else is answered while a batch waits in it. */
const onlyOnPostgres: (name: string, promise: () => Promise<void>) => void = testEngine === 'postgres' ? test : () => {}

/** A body of the largest size: `piece`s between `head` and `tail`. */
function filled(head: string, piece: (nth: number) => string, tail: string): string {
  const pieces: string[] = []
  for (let left = batchBounds.bodyBytesMax - head.length - tail.length; ; ) {
    const next = piece(pieces.length)
    left -= next.length + 1
    if (left < 0) return head + pieces.join(',') + tail
    pieces.push(next)
  }
}

describe('a body that holds more than any batch is a 413, and is not parsed:', () => {
  test.each([
    ['records without number', filled('{"batchId":"x","alarms":[', () => '{}', ']}')],
    ['lists in lists', filled('{"batchId":"x","alarms":[', () => '[[]]', ']}')],
    ['names without number', filled('{"batchId":"x","sensors":{"full":false,"sensors":[],"removed":[', () => '"a"', ']}}')],
    ['properties without number', filled('{"batchId":"x",', (nth) => `"k${nth}":0`, '}')],
    ['one in another without end', `{"batchId":"x","alarms":${'['.repeat(1000)}`],
  ])('%s', async (_, body) => {
    const zipped = gzipSync(body, { level: 1 })
    const startedAt = process.cpuUsage()
    const { status, body: answer } = await gateway.post(zipped, { 'content-encoding': 'gzip' })
    expect([status, answer.detail]).toEqual([413, expect.stringMatching(/at most 20000 records of a kind/)])
    // Parsing it takes seconds, and hundreds of MiB; the server works in this process.
    expect(process.cpuUsage(startedAt).user / 1e6).toBeLessThan(2)
  })

  test('but not one in which a text holds as many marks', async () => {
    const alarm = {
      ref: 'a',
      deviceRef: 'ups',
      label: 'On battery',
      message: `${'[{,"\\'.repeat(190)} ä`,
      severity: 'WARNING',
      activatedTime: new Date().toISOString(),
    }
    const alarms = Array.from({ length: 500 }, (_, nth) => ({ ...alarm, ref: `a${nth}` }))
    const { status, body } = await gateway.send({ batchId: 'marks', inventory, alarms: alarms as never })
    expect([status, body.changed]).toEqual([200, { inventory: 1, sensors: 0, alarms: 500 }])
  })
})

test('a batch of nothing but bad records is a 422 that names as many as an answer does', async () => {
  const alarms = Array.from({ length: batchBounds.recordsMax }, () => ({}))
  const { status, body } = await gateway.post(JSON.stringify({ batchId: 'bad', alarms, other: 1 }))
  const errors = body.errors as { pointer: string }[]
  expect([status, errors.length]).toEqual([422, batchBounds.errorsMax])
  expect(errors.slice(0, 3).map(({ pointer }) => pointer)).toEqual(['/other', '/alarms/0/ref', '/alarms/0/deviceRef'])
})

describe('the room for bodies', () => {
  const part = batchBounds.bodyBytesMax - 1000

  /** Sends most of a body, and keeps the rest. Resolves with the answer when one comes. */
  function halfSent(token: string): { socket: Socket; answered: Promise<string> } {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    sockets.push(socket)
    const answered = new Promise<string>((resolve) => {
      let answer = ''
      socket.on('data', (chunk) => {
        answer += chunk
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve(answer))
    })
    socket.write(
      `POST /ingest/v1/batches HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nConnection: close\r\n` +
        `Content-Length: ${batchBounds.bodyBytesMax}\r\n\r\n${' '.repeat(part)}`,
    )
    return { socket, answered }
  }
  /** Half a body that has its room: a large one is refused beside it. One that was itself refused, beside the large one that asks, is sent again. */
  async function roomTaken(): Promise<ReturnType<typeof halfSent>> {
    let half = halfSent(gateway.token)
    const taken = async () => {
      if (half.socket.closed) half = halfSent(gateway.token)
      return (await large()).status
    }
    await expect.poll(taken, { timeout: 20_000 }).toBe(503)
    return half
  }
  const small = async () => (await (await newGateway(server, organization)).send({ batchId: 'small' })).status
  const large = async () => {
    const other = await newGateway(server, organization)
    return other.post(gzipSync(' '.repeat(part), { level: 1 }), { 'content-encoding': 'gzip' })
  }

  test('is shared: a large one beside another is a 503 with Retry-After, small ones go on, and what is given back is there again', async () => {
    expect(2 * part).toBeGreaterThan(ingestLimits.bytesOfOrganizationMax)
    const { socket } = await roomTaken()
    const refused = await large()
    expect(refused.body.type).toMatch(/#unavailable$/)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await small()).toBe(200)
    socket.destroy()
    // Nothing but spaces is no JSON: it was read to its end.
    await expect.poll(async () => (await large()).status, { timeout: 20_000 }).toBe(400)
  })

  test('is kept by no connection that breaks, and by no body that is refused', async () => {
    for (let nth = 0; nth < 2; nth += 1) {
      const { socket, answered } = await roomTaken()
      socket.resetAndDestroy()
      await answered
      await expect.poll(async () => (await large()).status, { timeout: 20_000 }).toBe(400)
    }
    expect((await gateway.post(filled('{"batchId":"x","alarms":[', () => '{}', ']}'))).status).toBe(413)
    expect((await large()).status).toBe(400)
  })

  onlyOnPostgres('is kept by a batch that is being stored, also when its sender has gone away', async () => {
    const message = 'x'.repeat(500)
    const activatedTime = new Date().toISOString()
    const alarms = Array.from({ length: batchBounds.recordsMax }, (_, nth) => {
      return { ref: `a${nth}`, deviceRef: 'ups', label: 'Overload', message, severity: 'WARNING', activatedTime }
    })
    const body = JSON.stringify({ batchId: 'left-alone', inventory, alarms })
    expect(body.length + part).toBeGreaterThan(ingestLimits.bytesOfOrganizationMax)

    const { database } = server
    await database.transaction('system', { kind: 'system' }, async (tx) => {
      await tx.rows(sql`select 1 from feed_head where organization_id = ${organization} for update`)
      const sender = connect(Number(new URL(server.url).port), '127.0.0.1')
      sockets.push(sender)
      sender.write(
        `POST /ingest/v1/batches HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${gateway.token}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      )
      const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      await expect.poll(async () => (await database.system.rows(waiting)).length, { timeout: 20_000 }).toBe(1)
      sender.resetAndDestroy()
      for (let nth = 0; nth < 5; nth += 1) expect((await large()).status).toBe(503)
    })
    await expect.poll(async () => (await large()).status, { timeout: 20_000 }).toBe(400)
  })
})
