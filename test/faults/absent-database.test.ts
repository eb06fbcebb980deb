import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CutLine, startCutLine } from '../support/cut-line.ts'
import { Connections, Door } from '../support/door.ts'
import { freePort } from '../support/free-port.ts'
import { offsetsIn, openStream, type ReadStream } from '../support/measurement-stream.ts'
import { endWithin, until } from '../support/own-process.ts'
import { newPlace, type Place, type ServerProcess, startServerProcess } from '../support/server-process.ts'

/** Streams are ended 10 s after the database was last heard of; the rest is a busy machine's. */
const endedWithinMs = 60_000

let place: Place
/** Between the server and its database. */
let line: CutLine
let database: string
let server: ServerProcess
let metrics: string
let path: string
let key: string
let token: string
const lines = new Connections(4)
const open: ReadStream[] = []

beforeAll(async () => {
  place = await newPlace('postgres')
  const { host, port, user, password, database: name } = new pg.Client({ connectionString: place.databaseUrl as string })
  database = host.startsWith('/') ? join(host, `.s.PGSQL.${port}`) : `postgresql://${host}:${port}`
  line = await startCutLine(database)
  const account = [user, password].flatMap((part) => (part ? [encodeURIComponent(part)] : [])).join(':')
  const metricsPort = await freePort()
  metrics = `http://127.0.0.1:${metricsPort}/metrics`
  const flags = ['--log-level', 'fatal', '--metrics-port', String(metricsPort)]
  const url = `postgresql://${account}@127.0.0.1:${new URL(line.url).port}/${name}`
  server = await startServerProcess([...place.flags, ...flags], { ...place.env, DATABASE_URL: url })
  const door = new Door(server.url, place.dataDir)
  const customer = await door.customer('Customer')
  token = (await door.gateway(customer.portal)).token
  const { status } = await lines.batch(server.url, token, {
    batchId: 'devices',
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS' }] },
    sensors: { full: true, sensors: [{ ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD', unit: '%' }] },
  })
  expect(status).toBe(200)
  key = (await door.key(customer.portal, 'own')).secret
  path = `${server.url}/rest/v1/organizations/${customer.id}/measurements`
})
afterAll(async () => {
  for (const stream of open) stream.close()
  lines.close()
  line.leadTo(database)
  server.signal('SIGTERM')
  await endWithin(server)
  await line.close()
  await place.remove()
})

async function figure(name: string): Promise<number> {
  const text = await (await fetch(metrics)).text()
  const found = text.split('\n').find((one) => one.startsWith(`assent_measurement_${name} `))
  return Number(found?.split(' ').at(-1) ?? 0)
}
const endedUnavailable = () => figure('streams_ended_total{reason="unavailable"}')

const ready = async () => (await fetch(`${server.url}/ready`)).status === 200

/** Takes the database away, and resolves when the server has met that. */
async function takeAway(): Promise<void> {
  line.leadTo(null)
  expect(line.cut()).toBeGreaterThan(0)
  await until('the server is without its database', async () => !(await ready()))
}

async function giveBack(): Promise<void> {
  line.leadTo(database)
  await until('the server has its database again', ready)
}

async function report(value: number): Promise<number> {
  const body = Buffer.from(`{"sensorRef":"load","timestamp":"2026-03-01T10:00:00.000Z","numericValue":${value}}\n`)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' }
  return (await lines.send('POST', `${server.url}/ingest/v1/measurements?batchId=m${value}`, headers, body)).status
}

/** Sends a report until it is taken, as gateways do. */
async function reported(value: number): Promise<void> {
  await until(`the value ${value} is taken`, async () => (await report(value)) === 200)
}

async function opened(): Promise<ReadStream> {
  const stream = await openStream(`${path}/live`, key)
  expect(stream.status).toBe(200)
  open.push(stream)
  return stream
}

const valuesIn = ({ lines: read }: ReadStream) => read.map(({ numericValue }) => numericValue)

test('streams stay open through a short absence of the database, and carry what is accepted after it', async () => {
  const streams = [await opened(), await opened()]
  await reported(1)
  for (const stream of streams) await stream.until('the first value', (read) => read.length === 1)
  await takeAway()
  await giveBack()
  await reported(2)
  for (const stream of streams) {
    await stream.until('the second value', (read) => read.length === 2)
    expect(valuesIn(stream)).toEqual([1, 2])
    stream.close()
  }
  expect(await endedUnavailable()).toBe(0)
  await until('all are closed', async () => (await figure('readers')) === 0)
})

test('they are ended properly where it stays away, which the metrics count; nobody is let in meanwhile, and nothing is lost', async () => {
  const streams = [await opened(), await opened()]
  await reported(3)
  for (const stream of streams) await stream.until('the value', (read) => read.length === 1)
  await takeAway()
  await until('the streams are counted as ended', async () => (await endedUnavailable()) === 2, endedWithinMs)
  for (const stream of streams) expect([await stream.ended, valuesIn(stream)]).toEqual(['properly', [3]])
  expect(await figure('readers')).toBe(0)
  expect((await openStream(`${path}/live`, key)).status).toBeOneOf([500, 503])
  expect(await report(4)).toBeOneOf([500, 503])

  await giveBack()
  const again = await opened()
  await reported(4)
  await again.until('the value', (read) => read.length === 1)
  const [from, to] = [...streams.slice(0, 1), again].flatMap(({ lines: read }) => offsetsIn(read))
  const replay = await openStream(`${path}/replay?fromOffset=${from}&toOffset=${to}`, key)
  expect(await replay.ended).toBe('properly')
  expect(valuesIn(replay)).toEqual([4, undefined])
})
