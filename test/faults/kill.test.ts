import { describe, expect, test } from 'vitest'
import type { AlarmReport, Batch } from '../../src/domain/batch.ts'
import { Connections, Door, type Reply, randomFrom, seedOfRun, soak } from '../support/door.ts'
import { endWithin, until } from '../support/own-process.ts'
import { plantedFindings } from '../support/planted-fault.ts'
import type { Engine } from '../support/server.ts'
import { newPlace, type ServerProcess, startServerProcess } from '../support/server-process.ts'

const killsMax = soak ? 50 : 3
const writersCount = 4
const alarmsOfBatch = 5

interface Acknowledged {
  writer: number
  labels: string[]
  changed: number
  duplicate: boolean
  tries: number
}

interface Told {
  acknowledged: Acknowledged[]
  listed: { label: string; alarmReactivationCount: number }[]
  head: number
  kills: number
}

/** Sends batches of four gateways one after the other, while the server is killed at any moment and started again. */
async function ingestWhileKilled(engine: Engine, kills: number, seed: number, program?: string[]): Promise<Told> {
  const random = randomFrom(seed)
  const place = await newPlace(engine)
  const start = () =>
    startServerProcess([...place.flags, '--log-level', 'error', '--rate-limit-factor', '1000000'], place.env, program)
  let server: ServerProcess = await start()
  const lines = new Connections(16)
  const door = new Door(server.url, place.dataDir)
  const customer = await door.customer('Killed at its work')
  const tokens: string[] = []
  for (let number = 0; number < writersCount; number += 1)
    tokens.push((await door.gateway(customer.portal, `Gateway ${number}`)).token)
  const key = (await door.key(customer.portal, 'own')).secret
  const acknowledged: Acknowledged[] = []
  let writing = true

  const deliver = async (writer: number, batch: Batch, labels: string[]) => {
    for (let tries = 1; ; tries += 1) {
      const reply = await lines.batch(server.url, tokens[writer] as string, batch).catch((): Reply | null => null)
      if (reply?.status === 200) {
        const { duplicate, changed } = JSON.parse(reply.text) as { duplicate: boolean; changed: { alarms: number } }
        acknowledged.push({ writer, labels, changed: changed.alarms, duplicate, tries })
        return
      }
      if (reply && ![429, 503].includes(reply.status)) throw new Error(`batch ${batch.batchId}: ${reply.status} ${reply.text}`)
      if (tries > 4_000) throw new Error(`batch ${batch.batchId} was never taken`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const writer = async (number: number) => {
    const inventory = { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: `UPS ${number}` }] }
    for (let step = 1; writing; step += 1) {
      const { batch, labels } = batchOf(number, step)
      await deliver(number, step === 1 ? { ...batch, inventory } : batch, labels)
      // One that is sent again though it was answered: as after an answer that got lost.
      if (step % 10 === 0) await deliver(number, batch, labels)
    }
  }
  const writers = Promise.all(Array.from({ length: writersCount }, (_, number) => writer(number)))
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const from = acknowledged.length
      await until('batches', async () => acknowledged.length >= from + 5 + random.below(30))
      await new Promise((resolve) => setTimeout(resolve, random.below(25)))
      server.signal('SIGKILL')
      await server.ended
      server = await start()
    }
    const from = acknowledged.length
    await until('batches after the last', async () => acknowledged.length >= from + 40)
  } finally {
    writing = false
    await writers
  }
  const { text } = await lines.get(`${server.url}/rest/v1/organizations/${customer.id}/alarms`, key)
  lines.close()
  server.signal('SIGTERM')
  await endWithin(server)
  await place.remove()
  const { alarms, offset } = JSON.parse(text) as { alarms: Told['listed']; offset: number }
  return { acknowledged, listed: alarms, head: offset, kills }
}

/** A batch of new alarms, and of one that goes and comes: its reactivations count the batches that were stored. */
function batchOf(writer: number, step: number): { batch: Batch; labels: string[] } {
  const at = (offset: number) => new Date(Date.now() - 3_600_000 + step * 1_000 + offset).toISOString()
  const alarm = (ref: string, label: string, more: object): AlarmReport => ({
    ...{ ref, label, deviceRef: 'ups', message: 'As written', severity: 'WARNING', activatedTime: at(0) },
    ...more,
  })
  const labels = Array.from({ length: alarmsOfBatch }, (_, index) => `w${writer} b${step} ${index}`)
  const comingAndGoing = alarm('blinking', `blinking ${writer}`, { activatedTime: at(0), clearedTime: at(500) })
  return {
    batch: { batchId: `w${writer}.${step}`, alarms: [...labels.map((label) => alarm(label, label, {})), comingAndGoing] },
    labels,
  }
}

/** Whatever was acknowledged and is not there, is there twice, or was counted twice. */
function faultsIn({ acknowledged, listed, head }: Told): string[] {
  const faults: string[] = []
  const counts = new Map<string, number>()
  for (const { label } of listed) counts.set(label, (counts.get(label) ?? 0) + 1)
  const batches = new Map(acknowledged.map((one) => [one.labels[0] as string, one]))
  for (const { labels } of batches.values()) {
    for (const label of labels) {
      const count = counts.get(label) ?? 0
      if (count !== 1) faults.push(`${label} is there ${count} times`)
    }
  }
  for (const { labels, changed } of acknowledged) {
    if (changed !== alarmsOfBatch + 1) faults.push(`the batch of ${labels[0]} is said to have changed ${changed} alarms`)
  }
  if (listed.length !== batches.size * alarmsOfBatch + writersCount)
    faults.push(`${listed.length} alarms are there of ${batches.size} batches`)
  if (head !== batches.size * (alarmsOfBatch + 1)) faults.push(`the feed went on to ${head} with ${batches.size} batches`)
  for (let writer = 0; writer < writersCount; writer += 1) {
    const stored = [...batches.values()].filter((one) => one.writer === writer).length
    const blinking = listed.find(({ label }) => label === `blinking ${writer}`)
    if (blinking?.alarmReactivationCount !== stored - 1)
      faults.push(`${stored} times came and went, and counted ${blinking?.alarmReactivationCount} reactivations`)
  }
  return faults
}

describe('what was acknowledged is stored, once (I7),', () => {
  test.each(['embedded', 'postgres'] as const)(
    `over ${killsMax} times kill -9 of the server on %s`,
    async (engine) => {
      const seed = seedOfRun()
      const told = await ingestWhileKilled(engine, killsMax, seed)
      const faults = faultsIn(told)
      const lost = told.acknowledged.filter(({ duplicate, tries }) => duplicate && tries > 1).length
      console.log(
        `kill -9 of the server, ${engine}: seed ${seed}, ${told.kills} kills, ${told.acknowledged.length} batches acknowledged, ` +
          `${lost} of them stored before a kill took the answer; ${faults.length} records missing or twice`,
      )
      expect(faults).toEqual([])
      // Whoever sends meets the server that is gone, so each kill makes somebody send again.
      expect(told.acknowledged.filter(({ tries }) => tries > 1).length).toBeGreaterThanOrEqual(told.kills)
    },
    120_000 + killsMax * 60_000,
  )

  test.each(['skipped-record', 'forgotten-batches'])(
    'and a planted fault, %s, is found',
    async (fault) => {
      const faults = await plantedFindings(async (seed) => {
        const found = faultsIn(await ingestWhileKilled('postgres', 1, seed, ['test/faults/faulty-server.ts', fault]))
        console.log(`kill -9, planted fault ${fault}: seed ${seed}, ${found.length} found`)
        return found
      })
      expect(faults.length).toBeGreaterThan(0)
    },
    240_000,
  )
})
