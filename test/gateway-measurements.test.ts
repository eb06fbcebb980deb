import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Front, startFront } from './support/front.ts'
import { newGateway, newOrganization, newOwnKey, storedOf, type TestGateway } from './support/ingest.ts'
import { openStream, type ReadStream, type StreamLine } from './support/measurement-stream.ts'
import { type Nut, startNut, usualUps } from './support/nut.ts'
import { endWithin, type OwnProcess, startProcess } from './support/own-process.ts'
import { startServer, type TestServer } from './support/server.ts'

const within = { timeout: 30_000, interval: 20 }
const measurementsPath = '/ingest/v1/measurements'

let server: TestServer
let nut: Nut
let front: Front
let organization: string
let token: TestGateway
/** What a partner's program would read, from before the gateway's start. */
let stream: ReadStream
let directory: string
let gateways: OwnProcess[]

beforeAll(async () => {
  server = await startServer()
  nut = await startNut({ ups: { rack1: usualUps } })
})
afterAll(async () => {
  await nut.stop()
  await server.close()
})
beforeEach(async () => {
  gateways = []
  organization = await newOrganization(server)
  token = await newGateway(server, organization)
  expect(await token.send({ batchId: 'begins-the-trial', alarms: [] })).toMatchObject({ status: 200 })
  stream = await openStream(
    `${server.url}/rest/v1/organizations/${organization}/measurements/live`,
    await newOwnKey(server, organization),
  )
  expect(stream.status).toBe(200)
  front = await startFront(server.url)
  directory = mkdtempSync(join(tmpdir(), 'assent-gateway-'))
})
afterEach(async () => {
  for (const gateway of gateways) gateway.signal('SIGKILL')
  await Promise.all(gateways.map(({ ended }) => ended))
  stream.close()
  await front.close()
  for (const variable of ['ups.status', 'battery.charge', 'ups.load']) await nut.set(variable, usualUps[variable] as string)
  rmSync(directory, { recursive: true, force: true })
})

function startGateway(more: Record<string, unknown> = {}): OwnProcess {
  const file = join(directory, 'gateway.yaml')
  const config = {
    server: { url: front.url, token: token.token },
    dataDirectory: './data',
    pollSeconds: 0.1,
    inventorySeconds: 2,
    measurementSeconds: 0.5,
    devices: [{ type: 'nut', host: '127.0.0.1', port: nut.port, name: 'site' }],
    ...more,
  }
  writeFileSync(file, JSON.stringify(config)) // JSON is YAML
  const gateway = startProcess(['gateway/src/main.ts', '--config', file])
  gateways.push(gateway)
  return gateway
}

const directoryOfQueue = () => join(directory, 'data/measurements')
const waiting = () => readdirSync(directoryOfQueue()).filter((name) => name.endsWith('.gz'))
const linesIn = (name: string) =>
  gunzipSync(readFileSync(join(directoryOfQueue(), name)))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { sensorRef: string; timestamp: string; numericValue: number })

const logged = (gateway: OwnProcess): Record<string, unknown>[] =>
  gateway
    .stdout()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

async function sensorId(label: string): Promise<string | undefined> {
  const { sensors } = await storedOf(server, organization)
  return [...sensors.values()].find((sensor) => sensor.label === label)?.id as string | undefined
}

/** What came of one sensor, in the order in which it came. */
async function readingsOf(label: string): Promise<StreamLine[]> {
  const id = await sensorId(label)
  return stream.lines.filter((line) => line.sensorId === id)
}

const timesOf = (lines: readonly { timestamp?: unknown }[]) => lines.map(({ timestamp }) => String(timestamp))
/** When an alarm that is active now was noticed. */
const activeSince = async (label: string) =>
  [...(await storedOf(server, organization)).alarms.values()].find((one) => one.label === label && !('clearedTime' in one))
    ?.activatedTime as string | undefined
const isActive = async (label: string) => (await activeSince(label)) !== undefined

describe('a gateway', () => {
  test('sends the latest reading of each sensor once an interval, also the first after its sensor', async () => {
    const gateway = startGateway()
    await vi.waitFor(async () => expect((await readingsOf('Battery charge')).length).toBeGreaterThan(3), within)
    await nut.set('battery.charge', '97.5')
    await vi.waitFor(
      async () => expect((await readingsOf('Battery charge')).at(-1)).toMatchObject({ numericValue: 97.5 }),
      within,
    )
    for (const label of ['Battery charge', 'Battery runtime', 'Input voltage', 'Load']) {
      const times = timesOf(await readingsOf(label))
      expect(times.length).toBeGreaterThan(3)
      expect(times).toEqual([...new Set(times)].sort())
      // Ten readings come in a second, and two are sent.
      const seconds = (Date.parse(times.at(-1) as string) - Date.parse(times[0] as string)) / 1000
      expect(times.length).toBeLessThan(2 * seconds + 3)
    }
    expect((await readingsOf('Battery charge'))[0]).toMatchObject({ numericValue: 100 })
    expect(logged(gateway).map(({ message }) => message)).not.toContain('the server did not store some measurements')
  })

  test('leaves out what is no number, says so once, and sends the rest', async () => {
    await nut.set('ups.load', 'unknown')
    const gateway = startGateway()
    await vi.waitFor(async () => expect((await readingsOf('Input voltage')).length).toBeGreaterThan(2), within)
    expect(await sensorId('Load')).toBeDefined()
    expect(await readingsOf('Load')).toEqual([])
    await nut.set('ups.load', '55')
    await vi.waitFor(async () => expect((await readingsOf('Load')).at(-1)).toMatchObject({ numericValue: 55 }), within)
    expect(logged(gateway).filter(({ sensorRef }) => sensorRef === 'nut/site/rack1/ups.load')).toHaveLength(1)
  })

  test('sends no measurement of a UPS that it cannot read', async () => {
    startGateway()
    await vi.waitFor(async () => expect((await readingsOf('Load')).length).toBeGreaterThan(0), within)
    await nut.loseDriver('rack1')
    const lostAt = await vi.waitFor(async () => {
      const since = await activeSince('Lost communication')
      expect(since).toBeDefined()
      return since as string
    }, within)
    await vi.waitFor(() => expect(waiting()).toEqual([]), within)
    const before = (await readingsOf('Load')).length
    const startedAt = new Date().toISOString()
    await nut.startDriver('rack1')
    await vi.waitFor(async () => expect((await readingsOf('Load')).length).toBeGreaterThan(before), within)
    expect(timesOf(await readingsOf('Load')).filter((time) => time > lostAt && time < startedAt)).toEqual([])
  })
})

async function waitingSaid(): Promise<number> {
  const [row] = await server.database.system.rows<{ bytes: number }>(
    sql`select waiting_bytes as "bytes" from gateway_contact where gateway_id = ${token.id}`,
  )
  return row?.bytes ?? 0
}

describe('measurements that cannot be sent', () => {
  test('wait on the disk and are sent later in few requests, in order, none lost and none twice', async () => {
    startGateway()
    await vi.waitFor(async () => expect((await readingsOf('Load')).length).toBeGreaterThan(0), within)
    front.passTo(null)
    // So many that what is read while they are sent, a request each, does not weigh.
    await vi.waitFor(() => expect(waiting().length).toBeGreaterThan(16), within)
    const kept = waiting()
    const load = timesOf(kept.flatMap(linesIn).filter(({ sensorRef }) => sensorRef.endsWith('ups.load')))
    expect(load.length).toBeGreaterThan(16)
    const requestsBefore = front.answered.length
    front.passTo(server.url)
    // Each request says what is still to come: at the end nothing is.
    await vi.waitFor(async () => expect(await waitingSaid()).toBeGreaterThan(0), within)
    await vi.waitFor(async () => expect(timesOf(await readingsOf('Load'))).toEqual(expect.arrayContaining(load)), within)
    const times = timesOf(await readingsOf('Load'))
    expect(times).toEqual([...new Set(times)].sort())
    const requests = front.answered.slice(requestsBefore).filter(({ path }) => path.startsWith(measurementsPath))
    expect(requests.length).toBeLessThan(kept.length / 2)
    await vi.waitFor(async () => expect(await waitingSaid()).toBe(0), within)
  })

  test('do not hold back an alarm, however long the server asks them to wait', async () => {
    front.answerAt(measurementsPath, { status: 503, headers: { 'retry-after': '3600' } })
    startGateway()
    await vi.waitFor(() => expect(waiting().length).toBeGreaterThan(3), within)
    await nut.set('ups.status', 'OB')
    await vi.waitFor(async () => expect(await isActive('On battery')).toBe(true), within)
    expect(front.answered.filter(({ path }) => path.startsWith(measurementsPath))).toHaveLength(1)
    expect(stream.lines).toEqual([])
  })

  test('wait for as long as the server asks, and then go under the same id', async () => {
    front.answerAt(measurementsPath, { status: 429, headers: { 'retry-after': '2' } })
    startGateway()
    const sent = () => front.answered.filter(({ path }) => path.startsWith(measurementsPath))
    await vi.waitFor(() => expect(sent()).toHaveLength(1), within)
    const refusedAt = Date.now()
    front.answerAt(measurementsPath, null)
    await vi.waitFor(() => expect(sent().length).toBeGreaterThan(1), within)
    expect(Date.now() - refusedAt).toBeGreaterThan(1900)
    expect([sent()[0]?.path, sent()[0]?.status, sent()[1]?.status]).toEqual([sent()[1]?.path, 429, 200])
  })

  test('are bounded on the disk: the oldest are dropped, counted and told', async () => {
    front.passTo(null)
    const gateway = startGateway({ measurementSeconds: 0.1, pollSeconds: 0.1, queue: { measurementMegabytesMax: 0.1 } })
    await vi.waitFor(() => expect(waiting().length).toBeGreaterThan(5), within)
    const oldest = waiting().find((name) => !name.includes('-')) as string
    await vi.waitFor(() => expect(waiting()).not.toContain(oldest), within)
    expect(waiting().length).toBeLessThanOrEqual(26)
    expect(waiting().reduce((sum, name) => sum + statSync(join(directoryOfQueue(), name)).size, 0)).toBeLessThan(
      0.1 * 1024 * 1024,
    )
    gateway.signal('SIGTERM')
    expect(await endWithin(gateway)).toBe(0)
    const told = logged(gateway).filter(({ message }) => message === 'the queue of measurements is full; the oldest were dropped')
    expect(told.length).toBeGreaterThan(0)
    const dropped = told.reduce((sum, { now }) => sum + (now as number), 0)
    expect(logged(gateway).at(-1)).toMatchObject({
      message: 'gateway stopped',
      measurementsWaiting: true,
      measurements: { dropped, setAside: 0 },
    })
    expect(dropped).toBeGreaterThanOrEqual(4 * told.length)
  })

  test('of a sensor that the server does not know are told and let go, and do not block the next', async () => {
    front.answerAt('/ingest/v1/batches', { status: 422, body: '{"detail":"Nothing of this batch was stored."}' })
    const gateway = startGateway()
    const refusedLines = () => logged(gateway).find(({ message }) => message === 'the server did not store some measurements')
    await vi.waitFor(
      () => expect(refusedLines()).toMatchObject({ count: 4, first: expect.stringMatching(/^line 1: .*nut\/site\/rack1\//) }),
      within,
    )
    expect(stream.lines).toEqual([])
    front.answerAt('/ingest/v1/batches', null)
    await vi.waitFor(async () => expect((await readingsOf('Load')).length).toBeGreaterThan(2), within)
    expect(readdirSync(join(directoryOfQueue(), 'refused'))).toEqual([])
  })

  test('are set aside where the server refuses a whole batch, and do not block the next', async () => {
    front.answerAt(measurementsPath, { status: 413, body: '{"detail":"Too much."}' })
    const gateway = startGateway()
    const aside = () => readdirSync(join(directoryOfQueue(), 'refused'))
    await vi.waitFor(() => expect(aside().length).toBeGreaterThan(1), within)
    front.answerAt(measurementsPath, null)
    await vi.waitFor(async () => expect((await readingsOf('Load')).length).toBeGreaterThan(2), within)
    const why = aside().find((name) => name.endsWith('.why')) as string
    expect(readFileSync(join(directoryOfQueue(), 'refused', why), 'utf8')).toContain('Too much.')
    expect(logged(gateway)).toContainEqual(
      expect.objectContaining({
        message: 'measurements refused by the server for the content and set aside',
        level: 'error',
        setAside: 1,
        dropped: 0,
      }),
    )
  })

  test('are kept where something else than the ingest API answers, also with 200', async () => {
    front.answerAt(measurementsPath, { status: 200, body: '<title>Sign in to this network</title>' })
    const gateway = startGateway()
    await vi.waitFor(() => expect(gateway.stdout()).toContain('this 200 is not an answer of the ingest API'), within)
    const [first] = waiting()
    await vi.waitFor(() => expect(waiting().length).toBeGreaterThan(2), within)
    expect(waiting()[0]).toBe(first)
  })
})
