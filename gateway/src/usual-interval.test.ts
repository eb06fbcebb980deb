import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { startGateway } from './gateway.ts'

const minuteMs = 60_000
/** So long before it is due to measure, the clock stands still. */
const shortlyMs = 200
const instance = 'instance-of-the-test'
/** Where in its interval this gateway measures, in parts of the interval. */
const phase = crc32(instance) / 2 ** 32

let directory: string
let upsd: Server
let upses: string[]
/** How often all UPSs were asked for. */
let rounds: number
const sockets = new Set<Socket>()

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'assent-interval-'))
  rounds = 0
  // As upsd answers, whatever the number of its UPSs: 26 drivers would be 26 processes.
  upsd = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    socket.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.trimEnd().split('\n')) socket.write(answerTo(line))
    })
  })
  await new Promise<void>((resolve) => upsd.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => upsd.close(resolve))
  rmSync(directory, { recursive: true, force: true })
})

function answerTo(line: string): string {
  const list = (query: string, rows: string[]) =>
    `BEGIN LIST ${query}\n${rows.map((row) => `${row}\n`).join('')}END LIST ${query}\n`
  if (line === 'LIST UPS') {
    rounds += 1
    return list(
      'UPS',
      upses.map((name) => `UPS ${name} "UPS ${name}"`),
    )
  }
  const [, name] = /^LIST VAR (\S+)$/.exec(line) ?? []
  if (name === undefined) return 'ERR UNKNOWN-COMMAND\n'
  return list(`VAR ${name}`, [`VAR ${name} ups.status "OL"`, `VAR ${name} ups.load "23.4"`])
}

/** Starts the gateway as it is configured where nothing is said of intervals; nobody answers where it sends. The clock is the test's. */
function startAt(now: () => Date) {
  const file = join(directory, 'gateway.yaml')
  const config = {
    server: { url: 'http://127.0.0.1:9', token: `gw_${'a'.repeat(51)}` },
    dataDirectory: './data',
    pollSeconds: 0.1,
    devices: [{ type: 'nut', host: '127.0.0.1', port: (upsd.address() as AddressInfo).port, name: 'site' }],
  }
  writeFileSync(file, JSON.stringify(config)) // JSON is YAML
  return startGateway(readConfig(file), () => {}, { now, random: () => 0.5, newInstance: () => instance })
}

/** Waits until everything was read twice from now on: what was read first is known then. */
async function read(): Promise<void> {
  const before = rounds
  await expect.poll(() => rounds).toBeGreaterThan(before + 2)
}

const measured = () => {
  const queue = join(directory, 'data/measurements')
  return existsSync(queue) ? readdirSync(queue).filter((name) => name.endsWith('.gz')).length : 0
}
const known = () => {
  const state = join(directory, 'data/state.json')
  return existsSync(state) ? Object.keys((JSON.parse(readFileSync(state, 'utf8')) as { upses: object }).upses).length : 0
}

/** A moment at which an interval of so many minutes ends, and no other one that this test is about ends within some seconds. */
function endOf(minutes: 1 | 5): number {
  const everyMs = minutes * minuteMs
  const other = (6 - minutes) * minuteMs
  const distance = (at: number) => Math.abs(((((at / other - phase) % 1) + 1.5) % 1) - 0.5) * other
  const day = Math.floor(Date.UTC(2026, 2, 1) / everyMs)
  const found = Array.from({ length: 5 }, (_, nth) => (day + nth + phase) * everyMs).find((at) => distance(at) > 5_000)
  if (found === undefined) throw new Error('Take another instance: its intervals end together.')
  return found
}

/** Starts the gateway shortly before this moment, and lets the clock pass it when all devices were read. `then` can ask how often it has measured since. */
async function passing(moment: number, then: (measuredSince: () => number) => Promise<void>): Promise<void> {
  let now = moment - shortlyMs
  const before = measured()
  const gateway = await startAt(() => new Date(now))
  await read()
  expect(measured()).toBe(before)
  now = moment + 1
  await then(() => measured() - before)
  await gateway.stop()
}

const isMeasured = async (since: () => number) => void (await expect.poll(since).toBe(1))
/** By then it has looked at the clock often enough. */
const isNot = async (since: () => number) => {
  for (let nth = 0; nth < 5; nth += 1) await read()
  expect(since()).toBe(0)
}

test.each([
  { devices: 25, often: 'every minute', atMinute: isMeasured, atFive: isNot },
  { devices: 26, often: 'every five', atMinute: isNot, atFive: isMeasured },
])('where nothing is configured, $devices devices are measured $often', async ({ devices, atMinute, atFive }) => {
  upses = Array.from({ length: devices }, (_, nth) => `ups${nth}`)
  // The first time that it runs it learns what there is.
  const gateway = await startAt(() => new Date(endOf(1) - minuteMs / 2))
  await expect.poll(known).toBe(devices)
  await gateway.stop()
  await passing(endOf(1), atMinute)
  await passing(endOf(5), atFive)
})
