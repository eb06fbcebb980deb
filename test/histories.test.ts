import { randomBytes } from 'node:crypto'
import type { Sql } from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database, Db } from '../src/store/database.ts'
import { type Draw, drawFrom, randomBatch } from './support/history.ts'
import { newGateway, newOrganization, newOwnKey, type TestGateway } from './support/ingest.ts'
import { Reader } from './support/reader.ts'
import { startServer, type TestServer, testEngine } from './support/server.ts'

// The long form is 1,000 histories on PostgreSQL, and half as many of the same statements on the embedded engine's one connection, where
// each takes twice as long; `npm test` runs a twentieth.
const longForm = testEngine === 'postgres' ? 1000 : 500
const histories = process.env.ASSENT_SOAK ? longForm : longForm / 20
const steps = 100
const atOnce = 4
const plantedHistories = 10
const firstSeed = Number(process.env.ASSENT_TEST_SEED ?? randomBytes(4).readUInt32LE(0))

let server: TestServer
beforeAll(async () => {
  server = await startServer({ flags: ['--rate-limit-factor', '1000000'] })
})
afterAll(() => server.close())

interface Counts {
  batches: number
  refused: number
  resent: number
  changed: number
}

const noCounts = (): Counts => ({ batches: 0, refused: 0, resent: 0, changed: 0 })

/** One random history of two gateways. Throws where a reader comes to know something else than what listing anew gives. */
async function history(draw: Draw, counts: Counts): Promise<void> {
  const organization = await newOrganization(server)
  const gateways = [await newGateway(server, organization), await newGateway(server, organization)]
  const key = await newOwnKey(server, organization)
  await gateways[0]?.send({ batchId: 'first' }) // begins the trial, so that the key reads
  const readers = [new Reader(server.url, organization, key), new Reader(server.url, organization, key)]
  await readers[0]?.list()
  for (let step = 0; step < steps; step += 1) {
    await oneStep(draw, draw.one(gateways), `b-${step}`, counts)
    if (draw.chance(0.1)) await draw.one(readers).follow()
  }
  const fresh = new Reader(server.url, organization, key)
  await fresh.list()
  for (const reader of readers) {
    await reader.follow()
    expect(reader.known, `seed ${draw.seed}`).toEqual(fresh.known)
  }
  checkWhole(fresh, draw.seed)
}

/** Goes through histories of the seeds that are left, one after the other. */
async function work(seeds: Iterable<number>, counts: Counts): Promise<void> {
  for (const seed of seeds) await history(drawFrom(seed), counts)
}

async function oneStep(draw: Draw, gateway: TestGateway, batchId: string, counts: Counts): Promise<void> {
  const batch = randomBatch(draw, batchId, Date.now())
  const { status, body } = await gateway.send(batch)
  counts.batches += 1
  if (status === 422) {
    counts.refused += 1
    return
  }
  expect(status, `seed ${draw.seed}, ${batchId}: ${JSON.stringify(body)}`).toBe(200)
  const changed = body.changed as Record<string, number>
  counts.changed += Object.values(changed).reduce((sum, count) => sum + count, 0)
  if (!draw.chance(0.1)) return
  counts.resent += 1
  expect((await gateway.send(batch)).body, `seed ${draw.seed}`).toEqual({ ...body, duplicate: true })
  const again = await gateway.send({ ...batch, batchId: `${batchId}-again` })
  expect(again.body.changed, `seed ${draw.seed}, ${batchId} sent again`).toEqual({ inventory: 0, sensors: 0, alarms: 0 })
}

/** What holds of every list: what objects name is there, parts are where their wholes are, nothing is in a circle. */
function checkWhole({ known }: Reader, seed: number): void {
  const objects = new Map([...known.inventory].map(([id, json]) => [id, JSON.parse(json)]))
  for (const object of objects.values()) {
    const kind = object.inventoryObjectType
    if (kind === 'Organization') continue
    let top = object
    for (let depth = 0; top.parentId !== undefined; depth += 1) {
      top = objects.get(top.parentId)
      expect(top?.inventoryObjectType, `seed ${seed}: parent of ${object.id}`).toBe(kind)
      expect(depth, `seed ${seed}: depth of ${object.id}`).toBeLessThan(10)
    }
    if (kind !== 'Device') continue
    expect(object.gatewayIds, `seed ${seed}`).toEqual([...new Set(object.gatewayIds)].sort())
    expect(object.gatewayIds.length, `seed ${seed}`).toBeGreaterThan(0)
    expect(object.locationId, `seed ${seed}: location of ${object.id}`).toBe(top.locationId)
    if (object.locationId !== undefined)
      expect(objects.get(object.locationId)?.inventoryObjectType, `seed ${seed}`).toBe('Location')
  }
  for (const json of known.sensors.values()) expect(objects.has(JSON.parse(json).deviceId), `seed ${seed}: ${json}`).toBe(true)
  for (const json of known.alarms.values()) {
    const alarm = JSON.parse(json)
    if (alarm.clearedTime === undefined) expect(objects.has(alarm.deviceId), `seed ${seed}: ${json}`).toBe(true)
  }
}

test(`a list plus its feed equals a new list, over ${histories} random histories of ${steps} batches of two gateways`, {
  timeout: 3_600_000,
}, async () => {
  const counts = noCounts()
  const startedAt = Date.now()
  try {
    const seeds = Array.from({ length: histories }, (_, index) => firstSeed + index).values()
    await Promise.all(Array.from({ length: atOnce }, () => work(seeds, counts)))
  } finally {
    console.log(
      `histories: seeds ${firstSeed} to ${firstSeed + histories - 1}, ${JSON.stringify(counts)}, ${Date.now() - startedAt} ms`,
    )
  }
  expect(counts.batches).toBe(histories * steps)
  expect(counts.refused).toBeLessThan(counts.batches / 2)
})

describe('the same check finds', () => {
  test('a record of a batch that is not stored', async () => {
    let batches = 0
    await expect(
      historyWith((text, values) => {
        batches += 1
        return { text, values: values.map((value) => (batches % 3 === 0 ? withoutLast(value) : value)) }
      }),
    ).rejects.toThrow(/^seed /)
  })

  test('a change that keeps its old offset', async () => {
    await expect(
      historyWith((text, values) => ({
        text: text.replace(/changed_offset = excluded/, 'changed_offset = inventory_object'),
        values,
      })),
    ).rejects.toThrow(/^seed /)
  })
})

type Plant = (text: string, values: readonly unknown[]) => { text: string; values: readonly unknown[] }

/** A history over a database that writes objects otherwise than it is told. */
async function historyWith(plant: Plant): Promise<void> {
  const { database } = server
  const faulty = (tx: Db): Db => ({
    rows: (statement) =>
      tx.rows(/insert into inventory_object/.test(statement.text) ? (plant(statement.text, statement.values) as Sql) : statement),
  })
  const transaction: Database['transaction'] = (as, actor, work, ...more) =>
    database.transaction(as, actor, (tx) => work({ ...tx, ...faulty(tx) }), ...more)
  Object.assign(server.context, { db: { ...database, transaction } })
  try {
    // A single history may happen not to come across the fault; that ten do not is another matter.
    for (let index = 0; index < plantedHistories; index += 1) await history(drawFrom(firstSeed + index), noCounts())
  } finally {
    Object.assign(server.context, { db: database })
  }
}

/** A statement's list of records, one shorter. */
function withoutLast(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('[')) return value
  return JSON.stringify((JSON.parse(value) as object[]).slice(0, -1))
}
