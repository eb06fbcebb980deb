import { connect } from 'node:net'
import { constants, gunzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newGateway, newOrganization, newOwnKey, type TestGateway } from '../../../test/support/ingest.ts'
import { offsetsIn, openStream, type ReadStream } from '../../../test/support/measurement-stream.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'

let server: TestServer
let organization: string
let gateway: TestGateway
let key: string
const open: ReadStream[] = []
let count = 0

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
afterEach(async () => {
  for (const stream of open.splice(0)) stream.close()
  await expect.poll(() => server.context.streams.live.count).toBe(0)
})
beforeEach(async () => {
  organization = await newOrganization(server)
  gateway = await newGateway(server, organization)
  await gateway.send({
    batchId: 'devices',
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS 1' }] },
    sensors: { full: true, sensors: [{ ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD', unit: '%' }] },
  })
  key = await newOwnKey(server, organization)
})

const path = (operation: string) => `${server.url}/rest/v1/organizations/${organization}/measurements/${operation}`

async function live(): Promise<ReadStream> {
  const stream = await openStream(path('live'), key)
  open.push(stream)
  return stream
}

async function measured(value: number): Promise<void> {
  count += 1
  const line = { sensorRef: 'load', timestamp: '2026-03-01T10:00:00.000Z', numericValue: value }
  expect(await gateway.measure(`m-${count}`, [line])).toMatchObject({ status: 200, body: { accepted: 1 } })
}

describe('a live stream', () => {
  test('carries what is accepted from now on, each block with an offset on its last line', async () => {
    await measured(1)
    const stream = await live()
    expect([stream.status, stream.headers['content-encoding']]).toEqual([200, 'gzip'])
    await measured(2)
    await measured(3)
    await stream.until('two measurements', (lines) => lines.length === 2)
    expect(stream.lines.map((line) => line.numericValue)).toEqual([2, 3])
    expect(new Set(offsetsIn(stream.lines)).size).toBe(2)
  })

  test('has all that is sent after its head came, also where others read, and the log goes on', async () => {
    const others = await live()
    let going = true
    const writing = (async () => {
      for (; going; ) await measured(0)
    })()
    for (let nth = 1; nth <= 8; nth += 1) {
      const stream = await live()
      await measured(nth)
      await stream.until(`number ${nth}`, (lines) => lines.some((line) => line.numericValue === nth))
      stream.close()
    }
    going = false
    await writing
    await others.until('each number', (lines) => lines.filter((line) => line.numericValue !== 0).length === 8)
    expect(new Set(offsetsIn(others.lines)).size).toBe(offsetsIn(others.lines).length)
  })

  test('is ended properly when the key is deleted, and what it was sent before is there', async () => {
    const stream = await live()
    await measured(4)
    await stream.until('a measurement', (lines) => lines.length === 1)
    await server.database.system.rows(sql`delete from api_key where company_id = ${organization}`)
    expect(await stream.ended).toBe('properly')
    expect(stream.lines.map((line) => line.numericValue)).toEqual([4])
    expect((await openStream(path('live'), key)).status).toBe(401)
  })

  test('is ended properly when the server stops', async () => {
    const stream = await live()
    await measured(5)
    await stream.until('a measurement', (lines) => lines.length === 1)
    await server.restart()
    expect(await stream.ended).toBe('properly')
  })
})

/** What comes of a request over a connection of its own, from the head to the connection's end, as bytes. */
function raw(text: string, isEnough: (bytes: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const { port, hostname } = new URL(server.url)
    let bytes = Buffer.alloc(0)
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk])
      if (isEnough(bytes)) socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(bytes))
  })
}

describe('a live stream of other connections', () => {
  const head = (version: string, method = 'GET') =>
    `${method} ${new URL(path('live')).pathname} HTTP/${version}\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nAccept-Encoding: gzip\r\n\r\n`

  test('is not chunked for HTTP/1.0, as some proxies speak it, and ends with the connection', async () => {
    const before = server.context.streams.live.count
    let arrived: Buffer = Buffer.alloc(0)
    const read = raw(head('1.0'), (bytes) => {
      arrived = bytes
      return false
    })
    await expect.poll(() => server.context.streams.live.count).toBeGreaterThan(before)
    await measured(6)
    // An end may come before what was accepted just then.
    await expect.poll(() => begun(bodyOf(arrived))).toContain('"numericValue":6,')
    await server.database.system.rows(sql`delete from api_key where company_id = ${organization}`)
    const bytes = await read
    const body = bodyOf(bytes)
    expect(bytes.toString('latin1')).not.toMatch(/transfer-encoding/i)
    expect(gunzipSync(body).toString()).toMatch(/"numericValue":6,"offset":"[^"]+"\}\n$/)
  })

  test('comes behind the answers before it on a connection that asked for several at once', async () => {
    const { pathname } = new URL(path('live').replace('/measurements/live', '/sensors'))
    const first = `GET ${pathname} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\n\r\n`
    const before = server.context.streams.live.count
    let arrived: Buffer = Buffer.alloc(0)
    const read = raw(first + head('1.1'), (bytes) => {
      arrived = bytes
      return bytes.includes('0\r\n\r\n')
    })
    await expect.poll(() => server.context.streams.live.count).toBeGreaterThan(before)
    const streamIn = (bytes: Buffer) => withoutChunks(bodyOf(bytes.subarray(bytes.lastIndexOf('HTTP/1.1 200'))))
    await expect.poll(() => arrived.toString('latin1').split('HTTP/1.1 200').length).toBe(3)
    await measured(7)
    await expect.poll(() => begun(streamIn(arrived))).toContain('"numericValue":7,')
    await server.database.system.rows(sql`delete from api_key where company_id = ${organization}`)
    const bytes = await read
    expect(bytes.toString('latin1').split('HTTP/1.1 200')[1]).toContain('"sensors":[')
    expect(gunzipSync(streamIn(bytes)).toString()).toMatch(/"numericValue":7,/)
  })
})

/** What stands behind the head of an answer. */
function bodyOf(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\r\n\r\n')
  return end === -1 ? Buffer.alloc(0) : bytes.subarray(end + 4)
}

/** The text of a gzip member as far as it has come. */
function begun(member: Buffer): string {
  return member.length === 0 ? '' : gunzipSync(member, { finishFlush: constants.Z_SYNC_FLUSH }).toString()
}

/** What chunks hold, as far as they have come whole. */
function withoutChunks(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at)
    const length = line === -1 ? 0 : Number.parseInt(bytes.toString('latin1', at, line), 16)
    if (length === 0 || bytes.length < line + 2 + length) return Buffer.concat(parts)
    parts.push(bytes.subarray(line + 2, line + 2 + length))
    at = line + 2 + length + 2
  }
}

describe('a replay', () => {
  test('sends what lies behind one offset and up to another, and says that it is complete', async () => {
    const stream = await live()
    for (const value of [1, 2, 3, 4]) await measured(value)
    await stream.until('all', (lines) => lines.length === 4)
    const [first, , third] = offsetsIn(stream.lines)
    const replay = await openStream(`${path('replay')}?fromOffset=${first}&toOffset=${third}`, key)
    expect(await replay.ended).toBe('properly')
    expect(replay.lines).toEqual([
      ...stream.lines.slice(1, 3),
      { replaySystemMessageType: 'CompletedReplaySystemMessage', message: expect.any(String) },
    ])
  })
})
