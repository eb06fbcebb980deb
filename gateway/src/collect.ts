import { alarmsOf, changedAlarms, withAlarms } from './alarm-states.ts'
import type { AlarmReport, Batch } from './batch.ts'
import type { NutServer } from './config.ts'
import { deviceRefOf } from './device-ref.ts'
import type { UpsdReading, UpsReading } from './nut/read-upsd.ts'
import { conditionsOf, conditionsWhileLost } from './nut/ups-conditions.ts'
import { upsDevice, upsSensors } from './nut/ups-device.ts'
import type { KnownUps, State } from './state.ts'

/** How often in a row a UPS must fail to be read before its communication counts as lost: a restart of upsd is no alarm. */
const missesUntilLost = 2

/** How often in a row each device could not be read, by its ref. */
export type Misses = Map<string, number>

export interface Collected {
  state: State
  alarms: AlarmReport[]
  inventoryChanged: boolean
}

/** What one reading of one server changes. `misses` is brought up to date. */
export function collect(before: State, server: NutServer, reading: UpsdReading, misses: Misses, now: string): Collected {
  const upses = { ...before.upses }
  const changes: AlarmReport[] = []

  function note(known: KnownUps, ups: UpsReading | { problem: string }) {
    const { ref } = known.device
    const lost = ups.problem !== undefined
    misses.set(ref, lost ? (misses.get(ref) ?? 0) + 1 : 0)
    if (lost && (misses.get(ref) ?? 0) < missesUntilLost) return
    const conditions = lost ? conditionsWhileLost(ups.problem as string) : conditionsOf(ups as UpsReading)
    changes.push(...changedAlarms(before.alarms, known.device, conditions, now))
  }

  if ('problem' in reading) {
    for (const known of upsesOf(server, before))
      note(known, { problem: `upsd at ${server.host}:${server.port}: ${reading.problem}` })
    return { state: { ...before, alarms: withAlarms(before.alarms, changes) }, alarms: changes, inventoryChanged: false }
  }

  for (const known of upsesOf(server, before)) {
    if (!reading.upses.some((ups) => deviceRefOf(server, ups.name) === known.device.ref)) delete upses[known.device.ref]
  }
  for (const ups of reading.upses) {
    const ref = deviceRefOf(server, ups.name)
    const known = knownUps(server, ref, ups) ?? upses[ref] ?? bareUps(server, ref, ups)
    if (known === undefined) continue
    upses[ref] = known
    note(known, ups)
  }
  const serversRead = before.serversRead.includes(server.name) ? before.serversRead : [...before.serversRead, server.name]
  const state = {
    ...before,
    upses,
    serversRead,
    alarms: alarmsOf(withAlarms(before.alarms, changes), new Set(Object.keys(upses))),
  }
  return {
    state,
    alarms: changes,
    inventoryChanged: serversRead !== before.serversRead || JSON.stringify(upses) !== JSON.stringify(before.upses),
  }
}

/** The state without the servers that the configuration names no longer, and so without their UPSs. */
export function withoutFormerServers(state: State, servers: readonly NutServer[]): State {
  const names = servers.map((server) => server.name)
  const upses = Object.fromEntries(Object.entries(state.upses).filter(([, ups]) => names.includes(ups.server)))
  return {
    ...state,
    upses,
    serversRead: state.serversRead.filter((name) => names.includes(name)),
    alarms: alarmsOf(state.alarms, new Set(Object.keys(upses))),
  }
}

/** All that is known, as a batch sends it: full as soon as every server was read once, so that none is taken for gone unread. */
export function inventoryOf(state: State, servers: readonly NutServer[]): Pick<Batch, 'inventory' | 'sensors'> {
  const full = servers.every((server) => state.serversRead.includes(server.name))
  const upses = Object.values(state.upses)
  const locations = [...new Set(servers.flatMap(({ location }) => location ?? []))]
  return {
    inventory: {
      full,
      locations: locations.map((label) => ({ ref: locationRef(label), type: 'SITE', label })),
      devices: upses.map((ups) => ups.device),
    },
    sensors: { full, sensors: upses.flatMap((ups) => ups.sensors) },
  }
}

function upsesOf(server: NutServer, { upses }: State): KnownUps[] {
  return Object.values(upses).filter((ups) => ups.server === server.name)
}

/** A UPS as read just now; undefined where it was not, or not yet (its driver only starts). */
function knownUps(server: NutServer, ref: string, ups: UpsReading): KnownUps | undefined {
  if (ups.variables?.get('ups.status') === 'WAIT') return undefined
  const device = upsDevice(ref, server.location && locationRef(server.location), ups)
  return device ? { server: server.name, device, sensors: upsSensors(ref, ups) } : undefined
}

/** A UPS that upsd lists and has never had data of: known by its name, so that its lost communication can be told. */
function bareUps(server: NutServer, ref: string, ups: UpsReading): KnownUps | undefined {
  if (ups.problem === undefined) return undefined
  const device = upsDevice(ref, server.location && locationRef(server.location), { ...ups, variables: new Map() })
  return device ? { server: server.name, device, sensors: [] } : undefined
}

function locationRef(label: string): string {
  return `location/${label}`
}
