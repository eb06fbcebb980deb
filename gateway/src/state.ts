import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type AlarmStates, withAlarms } from './alarm-states.ts'
import type { AlarmReport, Batch, DeviceReport, SensorReport } from './batch.ts'
import type { NutServer } from './config.ts'
import { deviceRefOf } from './device-ref.ts'
import { writeDurably } from './durable-file.ts'
import type { Queue } from './queue.ts'

/** A UPS as it was read last. It stays known while its server does not answer. */
export interface KnownUps {
  server: string
  device: DeviceReport
  sensors: SensorReport[]
}

/** What the gateway must know after a restart. */
export interface State {
  /** Begins the ids of this data directory's batches, so that one begun anew does not use the former ids again. */
  instance: string
  /** Of the newest batch. */
  sequence: number
  upses: Readonly<Record<string, KnownUps>>
  alarms: AlarmStates
  /** Servers that were read at least once: until all were, an inventory is not full. */
  serversRead: readonly string[]
}

const stateSchema = z.object({
  instance: z.string(),
  sequence: z.int(),
  upses: z.record(z.string(), z.object({ server: z.string(), device: z.looseObject({}), sensors: z.array(z.looseObject({})) })),
  alarms: z.record(z.string(), z.looseObject({ ref: z.string(), deviceRef: z.string() })),
  serversRead: z.array(z.string()),
})

/** The state of a data directory; a fresh one where there is none. Throws where the file is not one of ours. */
export async function loadState(dataDirectory: string, newInstance: () => string): Promise<State> {
  const path = statePath(dataDirectory)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return { instance: newInstance(), sequence: 0, upses: {}, alarms: {}, serversRead: [] }
  }
  try {
    return stateSchema.parse(JSON.parse(text)) as unknown as State
  } catch {
    throw new Error(
      `${path} is not a state of this gateway: move it away, and the gateway begins anew (it sends all it has again)`,
    )
  }
}

export function saveState(dataDirectory: string, state: State): Promise<void> {
  return writeDurably(statePath(dataDirectory), JSON.stringify(state))
}

/**
 * The state with what the queue knows better. A batch is written before the state that follows from it, so after a crash
 * between the two, the batch is the truth: its alarms would else be activated a second time, and those of a device that
 * only the batch knows would never be cleared.
 */
export async function caughtUp(state: State, queue: Queue, servers: readonly NutServer[]): Promise<State> {
  let { sequence, alarms, upses } = state
  for await (const entry of queue.all()) {
    if (entry.sequence <= sequence) continue
    const batch = JSON.parse(entry.text) as Batch
    alarms = withAlarms(alarms, batch.alarms ?? ([] satisfies AlarmReport[]))
    upses = { ...upses, ...upsesIn(batch, servers) }
    sequence = entry.sequence
  }
  return { ...state, sequence, alarms, upses }
}

/** The UPSs of a batch that belong to a configured server; the others are on their way out. */
function upsesIn({ inventory, sensors }: Batch, servers: readonly NutServer[]): Record<string, KnownUps> {
  const found: Record<string, KnownUps> = {}
  for (const device of inventory?.devices ?? []) {
    const named = servers.filter((server) => device.ref.startsWith(deviceRefOf(server, '')))
    const [server] = named.sort((one, other) => other.name.length - one.name.length) // "site/2" before "site"
    if (server === undefined) continue
    const own = (sensors?.sensors ?? []).filter(({ deviceRef }) => deviceRef === device.ref)
    found[device.ref] = { server: server.name, device, sensors: own }
  }
  return found
}

function statePath(dataDirectory: string): string {
  return join(dataDirectory, 'state.json')
}
