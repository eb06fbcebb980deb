import { gzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newGateway, newOrganization, newOwnKey, type TestGateway } from '../../../test/support/ingest.ts'
import { openStream, type ReadStream } from '../../../test/support/measurement-stream.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'

let server: TestServer
let organization: string
let gateway: TestGateway
const open: ReadStream[] = []

beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  for (const stream of open) stream.close()
  await server.close()
})
beforeEach(async () => {
  organization = await newOrganization(server)
  gateway = await newGateway(server, organization)
  await gateway.send({
    batchId: 'devices',
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS 1' }] },
    sensors: { full: true, sensors: ['load', 'state'].map((ref) => ({ ref, deviceRef: 'ups', label: ref, type: 'X' })) },
  })
})

const line = (sensorRef: string, numericValue: number) => ({ sensorRef, timestamp: '2026-03-01T10:00:00.000Z', numericValue })

async function live(): Promise<ReadStream> {
  const key = await newOwnKey(server, organization)
  const stream = await openStream(`${server.url}/rest/v1/organizations/${organization}/measurements/live`, key)
  open.push(stream)
  return stream
}

const stored = async () =>
  (
    await server.database.system.rows<{ lines: number }>(sql`
      select coalesce(sum(b.lines), 0)::int as lines
        from measurement_block b
        join measurement_log l on l.code = b.code
       where l.organization_id = ${organization}`)
  )[0]?.lines

describe('a report of measurements', () => {
  test('has its good lines stored, and its bad ones named by line', async () => {
    const stream = await live()
    const texts = [
      JSON.stringify(line('load', 1)),
      'x',
      JSON.stringify(line('nobody', 2)),
      '{"sensorRef":"state"}',
      JSON.stringify(line('load', 3)),
    ]
    const { status, body } = await gateway.measure('a', texts.join('\n'))
    expect([status, body]).toEqual([
      200,
      {
        batchId: 'a',
        duplicate: false,
        accepted: 2,
        refused: 3,
        errors: [
          { line: 2, detail: expect.stringContaining('is not a JSON object') },
          { line: 3, detail: 'there is no sensor "nobody": report it in a batch first' },
          { line: 4, detail: expect.stringContaining('timestamp') },
        ],
      },
    ])
    await stream.until('the good lines', (lines) => lines.length === 2)
    expect(stream.lines.map((one) => one.numericValue)).toEqual([1, 3])
  })

  test('may come compressed, and ends with or without a line feed', async () => {
    const text = gzipSync(`${JSON.stringify(line('load', 1))}\n${JSON.stringify(line('state', 2))}`)
    const response = await fetch(`${server.url}/ingest/v1/measurements?batchId=zipped`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${gateway.token}`,
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-encoding': 'gzip',
      },
      body: text,
    })
    expect([response.status, await response.json()]).toMatchObject([200, { accepted: 2, refused: 0 }])
  })

  /** `said`: what the body says that it holds, in its last four bytes. */
  function zipped(text: string, said = text.length): Buffer {
    const body = gzipSync(text)
    body.writeUInt32LE(said, body.length - 4)
    return body
  }
  const many = `${JSON.stringify(line('load', 1))}\n`.repeat(1_000)

  test.each([
    ['in several members', Buffer.concat([gzipSync(many), gzipSync(many)]), [200, 2_000]],
    ['in none', Buffer.alloc(0), [200, 0]],
    ['and says that it holds less', zipped(many, 100), [400, undefined]],
    ['and says that it holds more', zipped(many, 100 + many.length), [400, undefined]],
    ['and says that it holds too much', zipped(many, 4 * 1024 * 1024 + 1), [400, undefined]],
    ['and holds too much', gzipSync('\n'.repeat(5 * 1024 * 1024)), [413, undefined]],
    ['and holds too much, and says that it does not', zipped('\n'.repeat(5 * 1024 * 1024), 100), [413, undefined]],
    ['and is cut off', gzipSync(many).subarray(0, 150), [400, undefined]],
    ['and is no gzip', Buffer.from(many), [400, undefined]],
  ] as const)('that comes compressed %s is read as what it is', async (_, body, expected) => {
    const response = await fetch(`${server.url}/ingest/v1/measurements?batchId=zipped`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${gateway.token}`,
        'content-type': 'application/x-ndjson',
        'content-encoding': 'gzip',
      },
      body,
    })
    expect([response.status, ((await response.json()) as { accepted?: number }).accepted]).toEqual(expected)
  })

  test('sent again is answered as before, and stored once, also when both come at once', async () => {
    const answers = await Promise.all([1, 2].map(() => gateway.measure('same', [line('load', 1), line('nobody', 2)])))
    answers.push(await gateway.measure('same', [line('load', 1), line('nobody', 2)]))
    expect(answers.map(({ status, body }) => [status, body.accepted, body.refused])).toEqual(Array(3).fill([200, 1, 1]))
    expect(answers.filter(({ body }) => body.duplicate === false)).toHaveLength(1)
    expect(await stored()).toBe(1)
  })

  test('whose id was used for another content is a 409, and what it holds is not stored', async () => {
    await gateway.measure('taken', [line('load', 1)])
    const { status, body } = await gateway.measure('taken', [line('load', 2)])
    expect([status, body.type]).toEqual([409, expect.stringMatching(/#batch-id-reused$/)])
    expect((await gateway.measure('devices', [line('load', 2)])).status).toBe(409)
    expect(await stored()).toBe(1)
  })

  test('of sensors of a device that went has no good line', async () => {
    await gateway.send({ batchId: 'gone', inventory: { full: true, locations: [], devices: [] } })
    expect((await gateway.measure('a', [line('load', 1)])).body).toMatchObject({ accepted: 0, refused: 1 })
  })

  test('knows its sensors as the batches before it left them', async () => {
    const accepted = async (batchId: string) =>
      (
        await gateway.measure(
          batchId,
          ['load', 'state', 'new'].map((ref) => line(ref, 1)),
        )
      ).body.accepted
    const report = (batchId: string, full: boolean, refs: string[]) =>
      gateway.send({ batchId, sensors: { full, sensors: refs.map((ref) => ({ ref, deviceRef: 'ups', label: ref, type: 'X' })) } })
    expect(await accepted('a')).toBe(2)
    await report('added', false, ['new'])
    expect(await accepted('b')).toBe(3)
    await report('taken-away', true, ['new'])
    expect(await accepted('c')).toBe(1)
    await report('back', false, ['load'])
    expect(await accepted('d')).toBe(2)
  })

  test('finds the sensor that a ref names now, also where another gateway keeps the former one', async () => {
    const device = { ref: 'pdu', type: 'RPDU', label: 'PDU', serialNumber: 'S-1' }
    const sensor = (ref: string, label: string) => ({ ref, deviceRef: 'pdu', label, type: 'X' })
    const other = await newGateway(server, organization)
    for (const one of [gateway, other]) {
      await one.send({
        batchId: `pdu-${one === gateway}`,
        inventory: { full: false, locations: [], devices: [device] },
        sensors: { full: false, sensors: [sensor('one', 'One'), sensor('two', 'Two')] },
      })
    }
    expect((await other.measure('a', [line('one', 1), line('two', 1)])).body.accepted).toBe(2)
    await other.send({ batchId: 'fewer', sensors: { full: true, sensors: [sensor('two', 'Two')] } })
    expect((await other.measure('b', [line('one', 1), line('two', 1)])).body.accepted).toBe(1)
    expect((await gateway.measure('c', [line('one', 1), line('two', 1)])).body.accepted).toBe(2)
  })

  test.each([
    ['an id', '', '{}', {}, 400],
    ['an id that can be one', 'a%20b', '{}', {}, 400],
    ['lines of its media type', 'x', '{}', { 'content-type': 'application/json' }, 415],
    ['a coding that is known', 'x', '{}', { 'content-encoding': 'br' }, 415],
    ['fewer bytes', 'x', '\n'.repeat(4 * 1024 * 1024 + 1), {}, 413],
    ['fewer lines', 'x', '{}\n'.repeat(50_001), {}, 413],
  ])('needs %s', async (_, batchId, text, headers, expected) => {
    const response = await fetch(`${server.url}/ingest/v1/measurements?batchId=${batchId}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/x-ndjson', ...headers },
      body: text,
    })
    const { detail } = (await response.json()) as { detail: string }
    expect([response.status, detail.length > 10]).toEqual([expected, true])
  })

  test('that is not UTF-8 is a 400', async () => {
    const response = await fetch(`${server.url}/ingest/v1/measurements?batchId=x`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/x-ndjson' },
      body: new Uint8Array([0xff, 0x0a]),
    })
    expect(response.status).toBe(400)
  })

  test('that fills several blocks is stored whole, in its order', async () => {
    const stream = await live()
    const lines = Array.from({ length: 5_000 }, (_, nth) => line('load', nth))
    expect((await gateway.measure('large', lines)).body).toMatchObject({ accepted: 5_000 })
    await stream.until('all lines', (read) => read.length === 5_000)
    expect(stream.lines.map((one) => one.numericValue)).toEqual(lines.map((one) => one.numericValue))
    expect(stream.lines.filter((one) => one.offset !== undefined).length).toBeGreaterThan(5)
  })

  test('starts the trial of its company, if it is the first that comes of it', async () => {
    const other = await newOrganization(server)
    const { status } = await (await newGateway(server, other)).measure('first', [])
    const trials = await server.database.system.rows(sql`select kind from subscription where company_id = ${other}`)
    expect([status, trials]).toEqual([200, [{ kind: 'trial' }]])
  })
})
