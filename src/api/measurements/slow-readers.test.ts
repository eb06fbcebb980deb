import { randomBytes } from 'node:crypto'
import { type IncomingMessage, request } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../../test/support/free-port.ts'
import { newGateway, newOrganization, newOwnKey, type TestGateway } from '../../../test/support/ingest.ts'
import { offsetsIn, openStream, type StreamLine } from '../../../test/support/measurement-stream.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'

/** Few, so that it is seen soon that a reader was ended: it has 5 seconds to take its end. */
const linesPerReport = 3_000
/** So many fill the buffers of any system between server and reader. */
const reportsMax = 200

let server: TestServer
let metrics: string
let path: string
let key: string
let gateway: TestGateway
let reports = 0

beforeAll(async () => {
  const port = await freePort()
  metrics = `http://127.0.0.1:${port}/metrics`
  server = await startServer({ flags: ['--metrics-port', String(port)] })
  const organization = await newOrganization(server)
  gateway = await newGateway(server, organization)
  await gateway.send({
    batchId: 'devices',
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS' }] },
    sensors: { full: true, sensors: [{ ref: 'text', deviceRef: 'ups', label: 'Text', type: 'X' }] },
  })
  key = await newOwnKey(server, organization)
  path = `${server.url}/rest/v1/organizations/${organization}/measurements`
})
afterAll(() => server.close())

async function metric(name: string): Promise<number> {
  const lines = (await (await fetch(metrics)).text()).split('\n')
  const found = lines.find((line) => line.startsWith(`assent_measurement_${name} `))
  return Number(found?.split(' ').at(-1) ?? 0)
}
const endedSlow = () => metric('streams_ended_total{reason="slow"}')

/** Reports texts, and resolves with them when they are acknowledged. */
async function measure(texts: string[]): Promise<string[]> {
  reports += 1
  const lines = texts.map((stringValue) => ({ sensorRef: 'text', timestamp: '2026-03-01T10:00:00.000Z', stringValue }))
  expect(await gateway.measure(`r-${reports}`, lines)).toMatchObject({ status: 200, body: { accepted: texts.length } })
  return texts
}

/** A live stream of which nothing is taken yet but what the connection's buffers take. */
function openUnread(): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'accept-encoding': 'gzip' }
    const asked = request(`${path}/live`, { headers, agent: false }, (answer) => {
      // Whoever takes it later is told by the stream itself.
      answer.on('error', () => {})
      resolve(answer)
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** Measures random text, which no compression makes small, until a reader more is ended as slow. Resolves with all that was measured. */
async function measureUntilOneIsSlow(): Promise<string[]> {
  const before = await endedSlow()
  const measured: string[] = []
  for (let nth = 0; (await endedSlow()) === before; nth += 1) {
    expect(nth).toBeLessThan(reportsMax)
    measured.push(...(await measure(Array.from({ length: linesPerReport }, () => randomBytes(120).toString('base64')))))
  }
  return measured
}

/** Takes a stream to its end. Rejects where that is not a proper one: of the gzip member, or of the response. */
async function taken(answer: IncomingMessage): Promise<StreamLine[]> {
  let text = ''
  await pipeline(answer, createGunzip(), async (plain: AsyncIterable<Buffer>) => {
    for await (const piece of plain) text += piece.toString('latin1')
  })
  expect([answer.complete, text.endsWith('\n')]).toEqual([true, true])
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as StreamLine]))
}

/** Of tens of thousands of texts nobody reads a difference: whether there is one is enough. */
const hasTexts = (lines: readonly StreamLine[], texts: readonly string[]) =>
  lines.flatMap(({ stringValue }) => (typeof stringValue === 'string' ? [stringValue] : [])).join(' ') === texts.join(' ')

test('a reader that stops taking is ended; where it goes on it gets all that it was sent, a proper end, and the rest by a replay', async () => {
  const answer = await openUnread()
  expect(answer.statusCode).toBe(200)
  const measured = await measureUntilOneIsSlow()
  const lines = await taken(answer)
  expect(lines.length).toBeGreaterThan(0)
  expect(hasTexts(lines, measured.slice(0, lines.length))).toBe(true)

  const live = await openStream(`${path}/live`, key)
  measured.push(...(await measure(['last'])))
  await live.until('the last', (read) => read.length === 1)
  live.close()
  const reached = offsetsIn(lines).at(-1)
  expect(lines.at(-1)?.offset).toBe(reached)
  const replay = await openStream(`${path}/replay?fromOffset=${reached}&toOffset=${offsetsIn(live.lines)[0]}`, key)
  expect(await replay.ended).toBe('properly')
  expect(hasTexts([...lines, ...replay.lines], measured)).toBe(true)
})

test('one that never takes anything any more has its connection closed, and its place is free again', async () => {
  await expect.poll(() => server.context.streams.places.all).toBe(0)
  const answer = await openUnread()
  expect(answer.statusCode).toBe(200)
  await measureUntilOneIsSlow()
  // It has some seconds to take its end; the bound is that of a machine that is busy with other things.
  await expect.poll(() => server.context.streams.places.all, { timeout: 60_000 }).toBe(0)
  await expect(taken(answer)).rejects.toThrow()
})
