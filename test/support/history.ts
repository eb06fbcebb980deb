import type { AlarmReport, Batch, DeviceReport, LocationReport, SensorReport } from '../../src/domain/batch.ts'
import { randomFrom } from './door.ts'

/** A source of numbers from 0 to below 1, and what can be drawn by it. */
export interface Draw {
  seed: number
  below(max: number): number
  chance(share: number): boolean
  one<Item>(items: readonly Item[]): Item
}

/** A reproducible source. */
export function drawFrom(seed: number): Draw {
  const { next, below } = randomFrom(seed)
  return { seed, below, chance: (share) => next() < share, one: (items) => items[below(items.length)] as never }
}

const minuteMs = 60_000

/**
 * A batch of a small world in which everything collides: few names, few serial numbers, few labels. Most are good, some lean on what
 * is not there.
 */
export function randomBatch(draw: Draw, batchId: string, now: number): Batch {
  const batch: Batch = { batchId }
  if (draw.chance(0.6)) batch.inventory = randomInventory(draw)
  if (draw.chance(0.4)) batch.sensors = randomSensors(draw, batch.inventory?.devices)
  if (draw.chance(0.5)) batch.alarms = randomAlarms(draw, batch.inventory?.devices, now)
  return batch
}

function randomInventory(draw: Draw): NonNullable<Batch['inventory']> {
  const full = draw.chance(0.4)
  const locations = refs(draw, 'l', 4).map((ref, index, all): LocationReport => {
    const parentRef = index > 0 && draw.chance(0.5) ? draw.one(all.slice(0, index)) : undefined
    return {
      ref,
      type: draw.one(['SITE', 'ROOM']),
      label: draw.one(['Room 1', 'Room 2', 'Room 3']),
      ...(parentRef && { parentRef }),
    }
  })
  const devices = refs(draw, 'd', 7).map((ref, index, all): DeviceReport => {
    const parents = full || draw.chance(0.8) ? all.slice(0, index) : ['d0', 'd1', 'd2', 'd3'].filter((name) => name !== ref)
    const parentRef = parents.length > 0 && draw.chance(0.5) ? draw.one(parents) : undefined
    const locationRef = locations.length > 0 && draw.chance(0.5) ? draw.one(locations).ref : undefined
    return {
      ref,
      type: draw.one(['UPS', 'PDU', 'OUTLET']),
      label: draw.one(['A', 'B', 'C', 'D']),
      ...(parentRef && { parentRef }),
      ...(locationRef && { locationRef }),
      ...(draw.chance(0.5) && { serialNumber: draw.one(['S1', 'S2', 'S3']) }),
      ...(draw.chance(0.2) && { manufacturer: draw.one(['APC', 'Eaton']) }),
    }
  })
  const named = new Set([...locations, ...devices].map(({ ref }) => ref))
  const removed = full
    ? undefined
    : [...refs(draw, 'd', 7), ...refs(draw, 'l', 4)].filter((ref) => !named.has(ref) && draw.chance(0.3))
  return { full, locations, devices, ...(removed && { removed }) }
}

function randomSensors(draw: Draw, devices: readonly DeviceReport[] | undefined): NonNullable<Batch['sensors']> {
  const full = draw.chance(0.5)
  const sensors = refs(draw, 's', 6).map(
    (ref): SensorReport => ({ ref, deviceRef: deviceRef(draw, devices), label: draw.one(['Load', 'Charge']), type: 'T' }),
  )
  return { full, sensors: devices?.length === 0 ? [] : sensors }
}

function randomAlarms(draw: Draw, devices: readonly DeviceReport[] | undefined, now: number): AlarmReport[] {
  if (devices?.length === 0) return []
  return refs(draw, 'a', 5).map((ref) => {
    const activated = now - draw.below(1000) * minuteMs
    return {
      ref,
      deviceRef: deviceRef(draw, devices),
      label: draw.one(['On battery', 'Overload']),
      message: 'Test',
      severity: draw.one(['WARNING', 'CRITICAL']),
      activatedTime: new Date(activated).toISOString(),
      ...(draw.chance(0.5) && { clearedTime: new Date(activated + minuteMs).toISOString() }),
    }
  })
}

/** Mostly a device that the batch itself names: of others nobody knows whether they are there. */
function deviceRef(draw: Draw, devices: readonly DeviceReport[] | undefined): string {
  return devices && devices.length > 0 && draw.chance(0.95) ? draw.one(devices).ref : draw.one(['d0', 'd1', 'd2'])
}

/** Some of the names `${prefix}0` to `${prefix}${max - 1}`, each once, in any order. */
function refs(draw: Draw, prefix: string, max: number): string[] {
  const all = Array.from({ length: max }, (_, index) => `${prefix}${index}`)
  for (let index = all.length - 1; index > 0; index -= 1) {
    const other = draw.below(index + 1)
    ;[all[index], all[other]] = [all[other] as string, all[index] as string]
  }
  return all.slice(0, draw.below(max + 1))
}
