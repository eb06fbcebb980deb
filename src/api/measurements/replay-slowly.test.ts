import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { createGunzip } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newGateway, newOrganization, newOwnKey, type TestGateway } from '../../../test/support/ingest.ts'
import { offsetsIn, openStream } from '../../../test/support/measurement-stream.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'

const reports = 8
const linesPerReport = 15_000

let server: TestServer
let organization: string
let gateway: TestGateway
let ownKey: string
let range: string

beforeAll(async () => {
  server = await startServer()
  organization = await newOrganization(server)
  gateway = await newGateway(server, organization)
  await gateway.send({
    batchId: 'devices',
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS' }] },
    sensors: { full: true, sensors: [{ ref: 'text', deviceRef: 'ups', label: 'Text', type: 'X' }] },
  })
  ownKey = await newOwnKey(server, organization)
  const live = await openStream(`${pathOf()}/live`, ownKey)
  const line = (stringValue: string) => ({ sensorRef: 'text', timestamp: '2026-03-01T10:00:00.000Z', stringValue })
  await gateway.measure('first', [line('first')])
  await live.until('the first', (lines) => lines.length === 1)
  live.close()
  // Random text fills the buffers between server and reader several times over, compressed as it is.
  for (let nth = 0; nth < reports; nth += 1) {
    const lines = Array.from({ length: linesPerReport }, () => line(randomBytes(120).toString('base64')))
    expect((await gateway.measure(`r-${nth}`, lines)).status).toBe(200)
  }
  const last = await openStream(`${pathOf()}/live`, ownKey)
  await gateway.measure('last', [line('last')])
  await last.until('the last', (lines) => lines.length === 1)
  last.close()
  range = `fromOffset=${offsetsIn(live.lines)[0]}&toOffset=${offsetsIn(last.lines)[0]}`
})
afterAll(() => server.close())

const pathOf = () => `${server.url}/rest/v1/organizations/${organization}/measurements`

/** Reads a replay, and waits as often as so many bytes have come. Resolves with its lines at its end. */
function readSlowly(key: string, everyBytes: number, wait: () => Promise<unknown>): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'accept-encoding': 'gzip' }
    const asked = request(`${pathOf()}/replay?${range}`, { headers, agent: false }, (answer) => {
      const plain = createGunzip()
      let text = ''
      let left = everyBytes
      plain.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1')
      })
      plain.on('end', () => resolve(text.trimEnd().split('\n')))
      plain.on('error', reject)
      answer.on('error', reject)
      answer.on('data', (chunk: Buffer) => {
        plain.write(chunk)
        left -= chunk.length
        if (left > 0) return
        left = everyBytes
        answer.pause()
        void wait().then(() => answer.resume())
      })
      answer.on('end', () => plain.end())
    })
    asked.on('error', reject)
    asked.end()
  })
}

test('a reader that takes a replay bit by bit gets all of it, and is not kept waiting for what is there', async () => {
  const begunAt = performance.now()
  let waits = 0
  const lines = await readSlowly(ownKey, 256 * 1024, () => {
    waits += 1
    return new Promise((resolve) => setTimeout(resolve, 2))
  })
  expect(lines.filter((line) => line.startsWith('{"sensorId"')).length).toBe(reports * linesPerReport + 1)
  expect(lines.at(-1)).toContain('CompletedReplaySystemMessage')
  // The server waits for 5 s where a socket takes nothing. The control are those waits: a fifth of them is far more than reading takes.
  expect(waits).toBeGreaterThan(10)
  expect(performance.now() - begunAt).toBeLessThan(waits * 1_000)
}, 120_000)

test('a replay whose right ends while it is read ends there, properly, with what was on its way', async () => {
  const key = await newOwnKey(server, organization)
  let isWithdrawn = false
  const lines = await readSlowly(key, 256 * 1024, async () => {
    if (isWithdrawn) return
    isWithdrawn = true
    const company = await server.context.db.system.rows<{ id: string }>({
      text: 'update api_key set enabled = false where company_id = $1 and created_at = (select max(created_at) from api_key) returning id',
      values: [organization],
    } as never)
    expect(company.length).toBe(1)
    await expect.poll(() => server.context.streams.live.count, { timeout: 10_000 }).toBe(0)
  })
  expect(lines.length).toBeLessThan(reports * linesPerReport)
  expect(lines.at(-1)).toMatch(/^\{"sensorId".*\}$/)
}, 60_000)
