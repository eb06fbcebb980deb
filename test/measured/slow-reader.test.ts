import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backlogBytesMax } from '../../src/measurements/stream-response.ts'
import { Connections, Door, soak } from '../support/door.ts'
import { freePort } from '../support/free-port.ts'
import { endWithin, until } from '../support/own-process.ts'
import { newPlace, type Place, type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { openValues, type ValueStream } from '../support/value-stream.ts'
import { percentile } from './stream-history.ts'

const fastReaders = soak ? 1_000 : 100
const streamsPerKey = 10
/** Reports of one phase: random text, so that compressed they still fill a socket's buffers. */
const reports = 120
const linesPerReport = 250
const textBytes = 150
/** What a line of a report takes in the stream, at most, compressed: its random text as base64 and a few bytes beside. */
const reportBytes = linesPerReport * (textBytes * (4 / 3) + 100)

let place: Place
let server: ServerProcess
let metrics: string
let door: Door
const lines = new Connections(2)
const sockets: Socket[] = []

beforeAll(async () => {
  place = await newPlace('postgres')
  const port = await freePort()
  metrics = `http://127.0.0.1:${port}/metrics`
  const flags = ['--log-level', 'error', '--rate-limit-factor', '1000000', '--metrics-port', String(port)]
  server = await startServerProcess([...place.flags, ...flags], place.env)
  door = new Door(server.url, place.dataDir)
})
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  lines.close()
  server.signal('SIGTERM')
  await endWithin(server)
  await place.remove()
})

/** A stream whose bytes are counted and thrown away. */
function openBytes(path: string, key: string): Promise<{ socket: Socket; bytes(): number }> {
  return new Promise((resolve, reject) => {
    let bytes = 0
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nAccept-Encoding: gzip\r\n\r\n`)
    })
    sockets.push(socket)
    socket.on('data', (chunk) => {
      if (bytes === 0 && !chunk.toString('latin1').startsWith('HTTP/1.1 200')) reject(new Error(chunk.toString('latin1')))
      bytes += chunk.length
      resolve({ socket, bytes: () => bytes })
    })
    socket.on('error', reject)
  })
}

const residentMiB = () => Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024

async function metric(name: string): Promise<number> {
  const lines = (await (await fetch(metrics)).text()).split('\n')
  const found = lines.find((line) => line.startsWith(`assent_measurement_${name} `))
  return Number(found?.split(' ').at(-1) ?? 0)
}
const endedSlow = () => metric('streams_ended_total{reason="slow"}')

interface Phase {
  /** How long after its acknowledgement the probe had each report, in ms, in rising order. */
  delays: number[]
  residentMiB: number
  /** The most that waited in the server for one reader to take it. */
  unsentBytes: number
}

/** Sends reports one after the other. */
async function phase(token: string, probe: ValueStream, first: number): Promise<Phase> {
  const delays: number[] = []
  let [resident, unsentBytes] = [0, 0]
  for (let nth = first; nth < first + reports; nth += 1) {
    const timestamp = new Date().toISOString()
    const texts = Array.from({ length: linesPerReport }, () => {
      const stringValue = randomBytes(textBytes).toString('base64')
      return `{"sensorRef":"text","timestamp":"${timestamp}","stringValue":"${stringValue}"}\n`
    })
    texts.push(`{"sensorRef":"number","timestamp":"${timestamp}","numericValue":${nth}}\n`)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' }
    const url = `${server.url}/ingest/v1/measurements?batchId=report-${nth}`
    const answer = await lines.send('POST', url, headers, Buffer.from(texts.join('')))
    const acknowledgedAt = performance.now()
    expect(answer.status).toBe(200)
    await until(`report ${nth} at the probe`, async () => probe.values.includes(nth), 30_000)
    delays.push(performance.now() - acknowledgedAt)
    resident = Math.max(resident, residentMiB())
    unsentBytes = Math.max(unsentBytes, await metric('unsent_bytes'))
  }
  return { delays: delays.sort((one, other) => one - other), residentMiB: resident, unsentBytes }
}

test(`a slow reader among ${fastReaders} fast ones is ended, the others are not delayed, and memory stays bounded`, async () => {
  const partner = await door.partner('Partner')
  const customer = await door.customer('Customer', partner)
  const { token } = await door.gateway(customer.portal)
  const sensors = ['text', 'number'].map((ref) => ({ ref, deviceRef: 'ups', label: ref, type: 'LOAD' }))
  await lines.batch(server.url, token, {
    batchId: 'devices',
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS' }] },
    sensors: { full: true, sensors },
  })
  const path = `/rest/v1/organizations/${customer.id}/measurements/live`
  const keys: string[] = []
  const keyFor = async (nth: number) => {
    if (nth % streamsPerKey === 0) keys.push((await door.key(partner.portal, 'all')).secret)
    return keys.at(-1) as string
  }

  const fast: { socket: Socket; bytes(): number }[] = []
  for (let nth = 0; nth < fastReaders; nth += 1) fast.push(await openBytes(path, await keyFor(nth)))
  const probe = await openValues(`${server.url}${path}`, await keyFor(0))
  // The first time the server starts its threads, and its heaps grow: the control is the same work once more.
  await phase(token, probe, 0)
  const before = await phase(token, probe, 1_000)

  const slow = await openBytes(path, await keyFor(0))
  slow.socket.pause()
  const slowBefore = await endedSlow()
  const during = await phase(token, probe, 2_000)
  await until('the slow reader is ended', async () => (await endedSlow()) > slowBefore, 30_000)

  const [p99Before, p99During] = [percentile(before.delays, 0.99), percentile(during.delays, 0.99)]
  console.log(
    `slow reader: ${fastReaders} fast ones, ${((fast[0]?.bytes() ?? 0) / 2 ** 20).toFixed(0)} MiB to each; acknowledged to probe ` +
      `${p99Before.toFixed(0)} ms at p99 without, ${p99During.toFixed(0)} ms with it; ` +
      `${before.residentMiB.toFixed(0)} MiB resident without, ${during.residentMiB.toFixed(0)} with it; at most ${(during.unsentBytes / 1024).toFixed(0)} KiB waited for it`,
  )
  const sent = fast.map((one) => one.bytes())
  expect(Math.min(...sent)).toBeGreaterThan(2 ** 20)
  expect(fast.filter((one) => one.socket.destroyed)).toEqual([])
  expect(Math.max(...sent) - Math.min(...sent)).toBeLessThan(2 ** 18)
  // The control is the same work without the slow reader, in this run. Of so few reports the slowest ones are those of the machine's pauses.
  expect(percentile(during.delays, 0.9)).toBeLessThan(2 * percentile(before.delays, 0.9) + 50)
  // It did fall behind; and no more waited for it than it may leave, and the report with which it left too much.
  expect(during.unsentBytes).toBeGreaterThan(0)
  expect(during.unsentBytes).toBeLessThan(backlogBytesMax + 2 * reportBytes)
}, 1_200_000)
