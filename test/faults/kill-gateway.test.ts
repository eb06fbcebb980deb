import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Connections, Door, randomFrom, seedOfRun, soak } from '../support/door.ts'
import { openStream, type StreamLine } from '../support/measurement-stream.ts'
import { type Nut, startNut, usualUps } from '../support/nut.ts'
import { endWithin, type OwnProcess, startProcess, until } from '../support/own-process.ts'
import { newPlace, startServerProcess } from '../support/server-process.ts'
import { startLossyFront } from './lossy-front.ts'

const killsMax = soak ? 50 : 3

/** A server, a gateway that reads a UPS and reaches the server through a front that loses answers, and a reader of what arrives. */
interface Scene {
  nut: Nut
  /** Kills the gateway, where one runs, and starts it again. */
  restart(): Promise<void>
  /** Every measurement that ever lay on the gateway's disk, as `sensor's ref, time`. */
  onDisk: Set<string>
  waiting(): string[]
  /** What a live stream that began before the gateway brought. */
  arrived: readonly StreamLine[]
  list<Item>(path: string, property: string): Promise<Item[]>
  lostAnswers(): number
}

async function withScene(seed: number, { renames }: { renames: boolean }, work: (scene: Scene) => Promise<void>): Promise<void> {
  const undo: (() => unknown)[] = []
  try {
    const place = await newPlace('postgres')
    undo.push(() => place.remove())
    const flags = [...place.flags, '--log-level', 'error', '--rate-limit-factor', '1000000']
    const server = await startServerProcess(flags, place.env)
    undo.push(() => {
      server.signal('SIGTERM')
      return endWithin(server)
    })
    const random = randomFrom(seed)
    const front = await startLossyFront(server.url, () => random.next() < 0.25, renames)
    undo.push(() => front.close())
    const directory = mkdtempSync(join(tmpdir(), 'assent-kill-'))
    undo.push(() => rmSync(directory, { recursive: true, force: true }))
    const nut = await startNut({ ups: { rack: usualUps } })
    undo.push(() => nut.stop())
    const lines = new Connections(4)
    undo.push(() => lines.close())
    const door = new Door(server.url, place.dataDir)
    const customer = await door.customer('One UPS')
    const key = (await door.key(customer.portal, 'own')).secret
    const { token } = await door.gateway(customer.portal)
    const stream = await openStream(`${server.url}/rest/v1/organizations/${customer.id}/measurements/live`, key)
    expect(stream.status).toBe(200)
    undo.push(() => stream.close())

    const config = join(directory, 'gateway.yaml')
    writeFileSync(
      config,
      JSON.stringify({
        server: { url: front.url, token },
        dataDirectory: './data',
        pollSeconds: 0.1,
        inventorySeconds: 1,
        measurementSeconds: 0.2,
        devices: [{ type: 'nut', host: '127.0.0.1', port: nut.port, name: 'site' }],
      }),
    )
    const queue = join(directory, 'data/measurements')
    const onDisk = new Set<string>()
    const look = () => {
      for (const name of filesIn(queue)) for (const line of measurementsIn(join(queue, name))) onDisk.add(line)
    }
    const looking = setInterval(look, 15)
    undo.push(() => clearInterval(looking))
    let gateway: OwnProcess | undefined
    const kill = async () => {
      gateway?.signal('SIGKILL')
      await gateway?.ended
      look()
    }
    undo.push(kill)
    await work({
      nut,
      async restart() {
        await kill()
        gateway = startProcess(['gateway/src/main.ts', '--config', config])
      },
      onDisk,
      waiting: () => filesIn(queue),
      arrived: stream.lines,
      list: async <Item>(path: string, property: string) => {
        const { text } = await lines.get(`${server.url}/rest/v1/organizations/${customer.id}/${path}`, key)
        return (JSON.parse(text) as Record<string, Item[]>)[property] as Item[]
      },
      lostAnswers: front.lost,
    })
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => name.endsWith('.gz'))
  } catch {
    return [] // the gateway has not come to it yet
  }
}

/** What is in a file of the queue; nothing where it was sent, or joined with others, in this moment. */
function measurementsIn(path: string): string[] {
  try {
    const lines = gunzipSync(readFileSync(path)).toString().trimEnd().split('\n')
    return lines.map((line) => JSON.parse(line) as { sensorRef: string; timestamp: string }).map(nameOf)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function nameOf({ sensorRef, timestamp }: { sensorRef: string; timestamp: string }): string {
  return `${sensorRef}, ${timestamp}`
}

const refs: Record<string, string> = {
  'Battery charge': 'nut/site/rack/battery.charge',
  'Battery runtime': 'nut/site/rack/battery.runtime',
  'Input voltage': 'nut/site/rack/input.voltage',
  Load: 'nut/site/rack/ups.load',
}

/** Lets the gateway send all that it has, and gives what was on its disk and did not arrive, and what arrived twice. */
async function measurementFaults({ nut, waiting, onDisk, arrived, list }: Scene): Promise<string[]> {
  await nut.loseServer() // nothing new is measured
  await until('an empty queue', async () => waiting().length === 0)
  const sensors = await list<{ id: string; label: string }>('sensors', 'sensors')
  const refOf = new Map(sensors.map(({ id, label }) => [id, refs[label] as string]))
  const names = () =>
    arrived.map((line) => nameOf({ sensorRef: refOf.get(String(line.sensorId)) as string, timestamp: String(line.timestamp) }))
  // The stream is behind the answers by a moment.
  const missing = () => {
    const there = new Set(names())
    return [...onDisk].filter((name) => !there.has(name))
  }
  await until('all that was on the disk', async () => missing().length === 0, 5_000).catch(() => {})
  const counts = new Map<string, number>()
  for (const name of names()) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [
    ...missing().map((name) => `${name} was on the disk and did not arrive`),
    ...[...counts].filter(([, count]) => count > 1).map(([name, count]) => `${name} arrived ${count} times`),
  ]
}

describe('what the gateway has on its disk arrives, once,', () => {
  test(
    `over ${killsMax} times kill -9: each alarm, counted once, of one device, and each measurement`,
    async () => {
      const seed = seedOfRun()
      const random = randomFrom(seed)
      await withScene(seed, { renames: false }, async (scene) => {
        const { nut, restart, list } = scene
        const onBattery = async () => {
          const alarms = await list<{ label: string; clearedTime?: string; alarmReactivationCount: number }>('alarms', 'alarms')
          return alarms.filter(({ label }) => label === 'On battery')
        }
        let kills = 0
        let measuredBefore = 0
        const atWork = () => until('measurements since the last start', async () => scene.onDisk.size > measuredBefore)
        // Before it was read, while it is kept, sent or answered: anywhere in half a second.
        const killSometime = async () => {
          await new Promise((resolve) => setTimeout(resolve, random.below(500)))
          await restart()
          measuredBefore = scene.onDisk.size
          kills += 1
        }
        await restart()
        await until('the device', async () => (await list('inventory', 'inventoryObjects')).length > 1)
        for (let cycle = 1; kills < killsMax; cycle += 1) {
          await atWork()
          await nut.set('ups.status', 'OB DISCHRG')
          await killSometime()
          await until('the alarm', async () => (await onBattery()).some(({ clearedTime }) => clearedTime === undefined))
          await atWork()
          await nut.set('ups.status', 'OL')
          if (kills < killsMax) await killSometime()
          await until('the end of the alarm', async () =>
            (await onBattery()).every(({ clearedTime }) => clearedTime !== undefined),
          )
          const alarms = await onBattery()
          expect({ cycle, alarms: alarms.length, reactivations: alarms[0]?.alarmReactivationCount }).toEqual({
            cycle,
            alarms: 1,
            reactivations: cycle - 1,
          })
        }
        const objects = await list<{ inventoryObjectType: string }>('inventory', 'inventoryObjects')
        const sensors = await list<{ label: string }>('sensors', 'sensors')
        expect(objects.filter((one) => one.inventoryObjectType === 'Device')).toHaveLength(1)
        expect(sensors.map(({ label }) => label).sort()).toEqual(Object.keys(refs).sort())
        const reactivations = (await onBattery())[0]?.alarmReactivationCount
        const faults = await measurementFaults(scene)
        console.log(
          `kill -9 of the gateway: seed ${seed}, ${kills} kills, ${scene.lostAnswers()} answers lost, ${reactivations} reactivations, ` +
            `${scene.onDisk.size} measurements seen on the disk, ${scene.arrived.length} arrived; ${faults.length} missing or twice`,
        )
        expect(scene.onDisk.size).toBeGreaterThan(0)
        expect(faults).toEqual([])
        // What was stored was then sent again; in a short run the front may by chance have lost no answer.
        if (soak) expect(scene.lostAnswers()).toBeGreaterThan(0)
      })
    },
    120_000 + killsMax * 60_000,
  )

  test('and a planted fault, another id for a batch each time that it is sent, is found', async () => {
    const seed = seedOfRun()
    await withScene(seed, { renames: true }, async (scene) => {
      await scene.restart()
      await until('lost answers', async () => scene.lostAnswers() > 5 && scene.arrived.length > 100)
      const faults = await measurementFaults(scene)
      console.log(`kill -9 of the gateway, planted fault: seed ${seed}, ${faults.length} found`)
      expect(faults.length).toBeGreaterThan(0)
    })
  }, 240_000)
})
