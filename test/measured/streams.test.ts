import { monitorEventLoopDelay } from 'node:perf_hooks'
import { inflateRawSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Connections, Door, type PartnerOfTest, randomFrom, seedOfRun, soak } from '../support/door.ts'
import { freePort } from '../support/free-port.ts'
import { endWithin } from '../support/own-process.ts'
import { plantedFindings } from '../support/planted-fault.ts'
import { newPlace, type Place, type ServerProcess, startServerProcess, withDatabaseOf } from '../support/server-process.ts'
import { openValues } from '../support/value-stream.ts'
import { type Reader, type Site, type Way, wait, waysOf } from './stream-endings.ts'
import { type Ending, examineStreams, percentile, type StreamRead } from './stream-history.ts'

const readersMax = 200
/** So many find what is planted: the rest would only make the run longer. */
const plantedReaders = 50
const customersMax = 10
const endingsMin = soak ? 1_600 : 80
const linesPerReport = 5
/** Measurements that a run has at least, however slow the machine is. */
const valuesMin = 1_000

let place: Place
beforeAll(async () => {
  place = await newPlace('postgres')
})
afterAll(() => place.remove())

interface Servers {
  running: ServerProcess[]
  metrics: string[]
  stop(): Promise<void>
}

/** Two processes on one database: what is accepted by one is read from both. */
async function startServers(program?: string[]): Promise<Servers> {
  const running: ServerProcess[] = []
  const metrics: string[] = []
  for (const directory of ['', '/second']) {
    const port = await freePort()
    const flags = ['--log-level', 'error', '--rate-limit-factor', '1000000', '--metrics-port', String(port)]
    running.push(
      await startServerProcess([...place.flags, '--data', `${place.dataDir}${directory}`, ...flags], place.env, program),
    )
    metrics.push(`http://127.0.0.1:${port}/metrics`)
  }
  return {
    running,
    metrics,
    stop: async () => {
      for (const server of running) server.signal('SIGTERM')
      for (const server of running) await endWithin(server)
    },
  }
}

/** What was done and read; and the control of the run, a 99th percentile in ms: the event loops' delays. */
interface History {
  reads: StreamRead[]
  endings: Ending[]
  sentAt: Map<number, number>
  loopDelayMs: number
}

async function history(servers: Servers, endingsWanted: number, readersWanted: number, seed: number): Promise<History> {
  const random = randomFrom(seed)
  const urls = servers.running.map((server) => server.url)
  const door = new Door(urls[0] as string, place.dataDir)
  const partner = await door.partner(`Partner ${seed}`)
  const lines = new Connections(customersMax)
  const sites: Site[] = []
  for (let nth = 0; nth < customersMax; nth += 1) sites.push(await newSite(door, lines, partner, nth, seed))
  const readers: Reader[] = []
  for (let nth = 0; nth < readersWanted; nth += 1)
    readers.push({ site: sites[nth % customersMax] as Site, key: await door.key(partner.portal, 'all') })

  const reads: StreamRead[] = []
  const endings: Ending[] = []
  const sentAt = new Map<number, number>()
  let over = false
  let values = 0

  const read = async (reader: Reader, number: number) => {
    const server = number % urls.length
    while (!over) {
      const { customer } = reader.site
      const { id, secret } = reader.key
      const askedAt = performance.now()
      const stream = await openValues(`${urls[server]}/rest/v1/organizations/${customer.id}/measurements/live`, secret)
      if (stream.status === 200) {
        const isWhole = await stream.ended
        const endedAt = performance.now()
        const subjects = [customer.id, id]
        const { answeredAt, values } = stream
        reads.push({ organization: customer.id, subjects, server, askedAt, answeredAt, endedAt, isWhole, values })
      } else if (![401, 403].includes(stream.status)) throw new Error(`A stream was answered ${stream.status}.`)
      else await wait(20 + random.below(60))
    }
  }

  const write = async ({ token }: Site, number: number) => {
    for (let nth = 0; !over; nth += 1) {
      const timestamp = new Date().toISOString()
      const report: string[] = []
      const sending = performance.now()
      for (let sensor = 0; sensor < linesPerReport; sensor += 1) {
        values += 1
        sentAt.set(values, sending)
        report.push(`{"sensorRef":"s${sensor}","timestamp":"${timestamp}","numericValue":${values}}\n`)
      }
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' }
      const url = `${urls[(number + nth) % urls.length]}/ingest/v1/measurements?batchId=${seed}-${number}-${nth}`
      const answer = await lines.send('POST', url, headers, Buffer.from(report.join('')))
      if (answer.status !== 200) throw new Error(`A report was answered ${answer.status}: ${answer.text}`)
    }
  }

  const ways = waysOf(door, partner)
  const end = async (site: Site) => {
    await wait(1_000)
    while (!over) {
      const way = ways[random.below(ways.length)] as Way
      const own = readers.filter((reader) => reader.site === site)
      endings.push(...(await way(site, own[random.below(own.length)] as Reader, random.below(2) === 0 ? 0 : random.below(400))))
      // Until its readers are back, and have read something.
      await wait(300 + random.below(500))
    }
  }

  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const finished = (async () => {
    while ((endings.length < endingsWanted || values < valuesMin) && !over) await wait(50)
    over = true
  })()
  const work = [...sites.map(end), ...sites.map(write)]
  const reading = readers.map(read)
  try {
    await Promise.all([finished, ...work])
  } finally {
    over = true
  }
  const loopDelayMs = delay.percentile(99) / 1e6 + (await serversLoopDelayMs(servers))
  delay.disable()
  // The servers end the streams that are open: their readers stop then.
  await servers.stop()
  await Promise.all(reading.map((one) => one.catch(() => {})))
  lines.close()
  return { reads, endings, sentAt, loopDelayMs }
}

async function newSite(door: Door, lines: Connections, partner: PartnerOfTest, nth: number, seed: number): Promise<Site> {
  const customer = await door.customer(`Customer ${nth}`, partner)
  const { token } = await door.gateway(customer.portal)
  const sensors = Array.from({ length: linesPerReport }, (_, sensor) => ({
    ref: `s${sensor}`,
    deviceRef: 'ups',
    label: `Sensor ${sensor}`,
    type: 'LOAD',
  }))
  const answer = await lines.batch(door.url, token, {
    batchId: `devices-${seed}`,
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS' }] },
    sensors: { full: true, sensors },
  })
  if (answer.status !== 200) throw new Error(`The devices were answered ${answer.status}: ${answer.text}`)
  return { customer, token }
}

/** The larger of the servers' 99th percentiles. */
async function serversLoopDelayMs({ metrics }: Servers): Promise<number> {
  const delays = await Promise.all(
    metrics.map(async (url) => {
      const text = await (await fetch(url)).text()
      return 1000 * Number(/^nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(text)?.[1])
    }),
  )
  return Math.max(...delays)
}

/** The log's order of every organization's values, out of the blocks themselves. */
async function orderOfLog(): Promise<Map<string, number[]>> {
  const order = new Map<string, number[]>()
  await withDatabaseOf(place, async (db) => {
    const rows = await db.system.rows<{ organizationId: string; block: Uint8Array }>(sql`
      select l.organization_id as "organizationId", b.block
        from measurement_block b
        join measurement_log l on l.code = b.code
       order by l.organization_id, b.seq`)
    for (const { organizationId, block } of rows) {
      const text = inflateRawSync(block, { finishFlush: 2 }).toString('latin1')
      const values = [...text.matchAll(/"numericValue":(\d+)/g)].map(([, value]) => Number(value))
      const known = order.get(organizationId)
      if (known) known.push(...values)
      else order.set(organizationId, values)
    }
  })
  return order
}

async function found(program: string[] | undefined, endingsWanted: number, name: string, seed = seedOfRun()) {
  const readersWanted = program ? plantedReaders : readersMax
  const servers = await startServers(program)
  const { reads, endings, sentAt, loopDelayMs } = await history(servers, endingsWanted, readersWanted, seed)
  const findings = examineStreams(reads, endings, { sentAt, order: await orderOfLog() })
  const { endDelays, ended, leaks, holes, cut } = findings
  const p99 = percentile(endDelays, 0.99)
  const delivered = reads.reduce((sum, read) => sum + read.values.length, 0)
  console.log(
    `${name}: seed ${seed}, ${sentAt.size} measurements, ${delivered} delivered over ${reads.length} streams of ${readersWanted} readers; ` +
      `${endings.length} endings ended ${ended} streams, after ${percentile(endDelays, 0.5).toFixed(0)} ms at p50, ${p99.toFixed(0)} ms at p99 ` +
      `(event loops: ${loopDelayMs.toFixed(0)} ms); ${leaks.length} leaks, ${holes.length} holes, ${cut.length} cut off`,
  )
  return { ...findings, p99, loopDelayMs, endings, delivered }
}

describe('a stream is authorized block by block (I3)', () => {
  test(`of ${endingsMin} endings under ${readersMax} readers at two servers, none lets a later measurement through, and none leaves a hole`, async () => {
    const { leaks, holes, cut, ended, endings, delivered, p99, loopDelayMs } = await found(undefined, endingsMin, 'streams')
    expect({ leaks, holes, cut }).toEqual({ leaks: [], holes: [], cut: [] })
    expect(ended).toBeGreaterThan(endingsMin)
    expect(delivered).toBeGreaterThan(endingsMin * 100)
    expect(new Set(endings.map((one) => one.how)).size).toBe(8)
    expect(p99 - loopDelayMs).toBeLessThan(250)
  }, 3_600_000)

  test('a planted fault, rights that are a second old, is found', async () => {
    const program = ['test/faults/faulty-server.ts', 'stale-streams']
    const leaks = await plantedFindings(async (seed) => (await found(program, 20, 'streams, planted stale rights', seed)).leaks)
    expect(leaks.length).toBeGreaterThan(0)
  }, 300_000)

  test('a planted fault, a block that is dropped now and then, is found', async () => {
    const program = ['test/faults/faulty-server.ts', 'dropped-block']
    const holes = await plantedFindings(async (seed) => (await found(program, 10, 'streams, planted dropped blocks', seed)).holes)
    expect(holes.length).toBeGreaterThan(0)
  }, 300_000)
})
