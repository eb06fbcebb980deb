import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AlarmReport, Batch, DeviceReport, SensorReport } from '../../src/domain/batch.ts'
import { Connections, Door, type Reply, randomFrom, seedOfRun, soak } from '../support/door.ts'
import { endWithin } from '../support/own-process.ts'
import { plantedFindings } from '../support/planted-fault.ts'
import { newPlace, type Place, type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { type Family, families, missedBy, type Page, readPages, type Written } from './feed-history.ts'

const changesMin = soak ? 100_000 : 5_000
const writersCount = 16
/** Of each family. */
const readersCount = 2
/** Devices, and sensors, of one writer at a time: each full report brings one, and lets the oldest go. */
const keptAtOnce = 4
const alarmsAtOnce = 12

/** Where each family is read, and the property that holds it there. */
const paths: Record<Family, { list: string; listed: string; changes: string; changed: string }> = {
  inventory: {
    ...{ list: 'inventory', listed: 'inventoryObjects' },
    ...{ changes: 'inventory-changes', changed: 'inventoryObjectChanges' },
  },
  alarms: { list: 'alarms', listed: 'alarms', changes: 'alarm-changes', changed: 'alarms' },
  sensors: { list: 'sensors', listed: 'sensors', changes: 'sensor-changes', changed: 'sensorChanges' },
}

let place: Place
const servers: ServerProcess[] = []
beforeAll(async () => {
  place = await newPlace('postgres')
})
afterAll(() => place.remove())

interface Scene {
  servers: ServerProcess[]
  start(number: number): Promise<void>
  organization: string
  tokens: string[]
  key: string
}

async function newScene(program?: string[]): Promise<Scene> {
  const flags = (number: number) => [
    ...[...place.flags, '--data', `${place.dataDir}/${number}`],
    ...['--log-level', 'error', '--rate-limit-factor', '1000000'],
  ]
  const start = async (number: number) => {
    servers[number] = await startServerProcess(flags(number), place.env, program)
  }
  await start(0)
  await start(1)
  const door = new Door((servers[0] as ServerProcess).url, `${place.dataDir}/0`)
  const customer = await door.customer('Sixteen gateways')
  const tokens: string[] = []
  for (let number = 0; number < writersCount; number += 1)
    tokens.push((await door.gateway(customer.portal, `Gateway ${number}`)).token)
  return { servers, start, organization: customer.id, tokens, key: (await door.key(customer.portal, 'own')).secret }
}

/** How many of the servers' connections must have been cut at their work: fewer prove nothing. */
const terminatedMin = 5

interface Run {
  written: Written[]
  pages: Record<Family, Page[][]>
  lists: Record<Family, Map<string, string>>
  disturbances: { terminated: number; killed: number; repeated: number }
}

/** Writes at least `changes` changes through 16 gateways at two servers while readers poll, and connections and a server are killed. */
async function run(scene: Scene, changes: number, seed: number, disturbed: boolean): Promise<Run> {
  const random = randomFrom(seed)
  const written: Written[] = []
  const disturbances = { terminated: 0, killed: 0, repeated: 0 }
  const lines = new Connections(64)
  let writing = true
  const urlOf = (number: number) => (scene.servers[number % scene.servers.length] as ServerProcess).url

  /** Sends a batch until it is answered, as a gateway does. */
  const deliver = async (writer: number, batch: Batch) => {
    for (let tries = 0; ; tries += 1) {
      const reply = await lines.batch(urlOf(writer), scene.tokens[writer] as string, batch).catch((): Reply | null => null)
      if (reply?.status === 200) {
        if (tries > 0 && (JSON.parse(reply.text) as { duplicate: boolean }).duplicate) disturbances.repeated += 1
        return
      }
      if (reply && ![429, 500, 503].includes(reply.status))
        throw new Error(`batch ${batch.batchId}: ${reply.status} ${reply.text}`)
      if (tries > 2_000) throw new Error(`batch ${batch.batchId} was never taken: ${reply?.text}`)
      await new Promise((resolve) => setTimeout(resolve, 5 + random.below(20)))
    }
  }

  const writer = async (number: number) => {
    // Alarms are of a device that stays: one that went would clear them, and each is to change once.
    const base: DeviceReport = { ref: 'base', type: 'UPS', label: `w${number} p0 base` }
    const devices: DeviceReport[] = []
    const sensors: SensorReport[] = []
    for (let step = 1; written.length < changes || (disturbed && disturbances.terminated <= terminatedMin); step += 1) {
      const label = (what: string) => `w${number} p${step} ${what}`
      const own: Written[] = []
      const gone: string[] = []
      const batch: Batch = { batchId: `w${number}.${step}` }
      if (step % 3 === 1) {
        devices.push({ ref: `d${step}`, type: 'UPS', label: label('device') })
        own.push({ writer: number, place: step, family: 'inventory', label: label('device'), removed: false })
        if (devices.length > keptAtOnce) gone.push((devices.shift() as DeviceReport).label)
        batch.inventory = { full: true, locations: [], devices: [base, ...devices] }
      }
      if (step % 3 !== 0) {
        sensors.push({ ref: `s${step}`, deviceRef: base.ref, label: label('sensor'), type: 'LOAD' })
        own.push({ writer: number, place: step, family: 'sensors', label: label('sensor'), removed: false })
        if (sensors.length > keptAtOnce) gone.push((sensors.shift() as SensorReport).label)
        batch.sensors = { full: true, sensors: [...sensors] }
      }
      batch.alarms = Array.from({ length: 1 + random.below(alarmsAtOnce) }, (_, index): AlarmReport => {
        own.push({ writer: number, place: step, family: 'alarms', label: label(`alarm ${index}`), removed: false })
        return {
          ref: `a${step}.${index}`,
          deviceRef: base.ref,
          label: label(`alarm ${index}`),
          message: 'As written',
          severity: 'WARNING',
          activatedTime: new Date().toISOString(),
        }
      })
      await deliver(number, batch)
      written.push(...own)
      for (const one of written) if (gone.includes(one.label)) one.removed = true
    }
  }

  const reader = async (number: number, family: Family): Promise<Page[]> => {
    const { changes: path, changed } = paths[family]
    const pages: Page[] = []
    for (let asked = 0, last = false; ; ) {
      const ending = !writing
      const reply = await lines
        .get(`${urlOf(number)}/rest/v1/organizations/${scene.organization}/${path}/${asked}`, scene.key)
        .catch((error: NodeJS.ErrnoException): Reply | null => {
          // Of a connection. What the document does not allow has none.
          if (error.code === undefined) throw error
          return null
        })
      if (reply?.status !== 200) {
        if (reply && ![500, 503].includes(reply.status)) throw new Error(`reader: ${reply.status} ${reply.text}`)
        await new Promise((resolve) => setTimeout(resolve, 10))
        continue
      }
      const body = JSON.parse(reply.text)
      pages.push({
        family,
        asked,
        offset: body.offset,
        resync: body.resyncRequired === true,
        changes: body[changed].map(changeOf),
      })
      last = ending && body.offset === asked
      if (last) return pages
      if (body.offset === asked) await new Promise((resolve) => setTimeout(resolve, 5 + random.below(30)))
      asked = body.offset
    }
  }

  const disturb = async () => {
    const admin = new pg.Client({ connectionString: place.databaseUrl })
    await admin.connect()
    while (writing) {
      await new Promise((resolve) => setTimeout(resolve, 100 + random.below(200)))
      const { rowCount } = await admin.query(`
        select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'assent system' and (state like 'idle in%' or state = 'active') and xact_start is not null
         order by random() limit 2`)
      disturbances.terminated += rowCount ?? 0
      if (random.below(20) === 0 || disturbances.killed === 0) {
        const server = scene.servers[1] as ServerProcess
        server.signal('SIGKILL')
        await server.ended
        disturbances.killed += 1
        await scene.start(1)
      }
    }
    await admin.end()
  }

  const polling = families.map((family) => Array.from({ length: readersCount }, (_, number) => reader(number, family)))
  const disturbing = disturbed ? disturb() : Promise.resolve()
  try {
    await Promise.all(Array.from({ length: writersCount }, (_, number) => writer(number)))
  } finally {
    writing = false
    await disturbing
  }
  const [pages, lists] = [{} as Run['pages'], {} as Run['lists']]
  for (const [index, family] of families.entries()) {
    pages[family] = await Promise.all(polling[index] as Promise<Page[]>[])
    lists[family] = await listOf(lines, scene, urlOf(0), family)
  }
  lines.close()
  return { written, pages, lists, disturbances }
}

interface Item {
  id: string
  label: string
}

/** A change of any family; of what is gone there is only the id. */
interface Change extends Partial<Item> {
  inventoryObject?: Item
  inventoryObjectId?: string
  sensor?: Item
  sensorId?: string
}

function changeOf(change: Change): { id: string; label: string | null } {
  const gone = change.inventoryObjectId ?? change.sensorId
  if (gone !== undefined) return { id: gone, label: null }
  const { id, label } = (change.inventoryObject ?? change.sensor ?? change) as Item
  return { id, label }
}

async function listOf(lines: Connections, scene: Scene, url: string, family: Family): Promise<Map<string, string>> {
  const { list, listed } = paths[family]
  const { text } = await lines.get(`${url}/rest/v1/organizations/${scene.organization}/${list}`, scene.key)
  return new Map((JSON.parse(text)[listed] as Item[]).map(({ id, label }) => [id, label]))
}

/** All that readers missed, had in another order, or hold otherwise than a new list. */
function faultsIn({ written, pages, lists }: Run): string[] {
  return families.flatMap((family) =>
    pages[family].flatMap((own, reader) => {
      const reading = readPages(own)
      const held = [...reading.held].sort().toString() === [...lists[family]].sort().toString()
      const said = [
        ...reading.faults,
        ...missedBy(reading, written, family),
        ...(held ? [] : ['does not hold what a list gives']),
      ]
      return said.map((fault) => `reader ${reader} of ${family}: ${fault}`)
    }),
  )
}

describe('changes come in order, without holes (I5)', () => {
  test(`of ${changesMin} changes of ${writersCount} writers, killed at their work, no reader misses one or has one out of order`, async () => {
    const seed = seedOfRun()
    const scene = await newScene()
    const startedAt = Date.now()
    const history = await run(scene, changesMin, seed, true)
    for (const server of scene.servers) server.signal('SIGTERM')
    for (const server of scene.servers) expect(await endWithin(server)).toBe(0)
    const faults = faultsIn(history)
    const { terminated, killed, repeated } = history.disturbances
    const polls = Object.values(history.pages).flat(2).length
    console.log(
      `feeds: seed ${seed}, ${history.written.length} changes in ${Date.now() - startedAt} ms, ${polls} polls of ${families.length * readersCount} readers; ` +
        `${terminated} connections and ${killed} servers killed, ${repeated} batches answered only when sent again; ${faults.length} missed or out of order`,
    )
    expect(faults).toEqual([])
    expect(history.written.length).toBeGreaterThanOrEqual(changesMin)
    expect(terminated).toBeGreaterThan(terminatedMin)
    expect(killed).toBeGreaterThan(0)
  }, 1_800_000)

  test('a planted fault, offsets from a sequence, is found', async () => {
    const faults = await plantedFindings(async (seed) => {
      const scene = await newScene(['test/faults/faulty-server.ts', 'offsets-from-a-sequence'])
      const history = await run(scene, 600, seed, false)
      for (const server of scene.servers) server.signal('SIGKILL')
      const found = faultsIn(history)
      console.log(
        `feeds, planted fault: seed ${seed}, ${history.written.length} changes, ${found.length} found missed or out of order`,
      )
      return found
    })
    expect(faults.length).toBeGreaterThan(0)
  }, 600_000)
})
