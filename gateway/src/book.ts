import { crc32 } from 'node:zlib'
import type { Batch } from './batch.ts'
import { collect, inventoryOf, type Misses } from './collect.ts'
import type { GatewayConfig, NutServer } from './config.ts'
import type { Log } from './log.ts'
import { type Measured, measured } from './measure.ts'
import type { UpsdReading } from './nut/read-upsd.ts'
import type { Queue } from './queue.ts'
import type { Source } from './source.ts'
import { type State, saveState } from './state.ts'

/** What the gateway knows of its devices; it is brought up to date by one reading at a time. */
export interface Book {
  /** Keeps what a reading changes. True where there is a new batch in the queue. Never throws. */
  take(server: NutServer, reading: UpsdReading): Promise<boolean>
  /** The values of each server's last reading, where that was not given out before: no reading is measured twice. */
  measured(): Measured[]
  /** How many devices there are. */
  devices(): number
  /** Where in its interval this gateway measures, from 0 to below 1: the same after each start. */
  phase: number
}

/** Opens the book at what was known when the gateway ended. */
export function openBook(config: GatewayConfig, known: State, queue: Queue, log: Log, source: Source): Book {
  let state = known
  let inventoryAt = Number.NEGATIVE_INFINITY
  let turn = Promise.resolve(false)
  const misses: Misses = new Map()
  const latest = new Map<NutServer, Measured>()

  async function take(server: NutServer, reading: UpsdReading): Promise<boolean> {
    const now = source.now()
    const collected = collect(state, server, reading, misses, now.toISOString())
    const isDue = Math.abs(now.getTime() - inventoryAt) >= config.inventoryMs && queue.isEmpty()
    const withInventory = collected.inventoryChanged || isDue
    let next: State = collected.state
    if (withInventory || collected.alarms.length > 0) {
      next = { ...next, sequence: state.sequence + 1 }
      await queue.add(next.sequence, JSON.stringify(batchOf(next, withInventory, collected.alarms)))
    }
    if (next !== state && JSON.stringify(next) !== JSON.stringify(state)) await saveState(config.dataDirectory, next)
    const isNew = next.sequence > state.sequence
    if (withInventory) inventoryAt = now.getTime()
    for (const { ref, label, clearedTime } of collected.alarms)
      log('info', clearedTime ? 'alarm cleared' : 'alarm activated', { ref, label })
    state = next
    // Only now: what is measured has its sensors in the queue (see lanesOf).
    latest.set(server, measured(server, reading, now.toISOString()))
    return isNew
  }

  /** With the inventory go the states of all alarms: should one have been lost on the way, this is where it heals. */
  function batchOf(next: State, withInventory: boolean, alarms: Batch['alarms']): Batch {
    const batchId = `${next.instance}-${next.sequence}`
    return withInventory
      ? { batchId, ...inventoryOf(next, config.servers), alarms: Object.values(next.alarms) }
      : { batchId, alarms: alarms ?? [] }
  }

  return {
    take(server, reading) {
      turn = turn
        .then(() => take(server, reading))
        .catch((error) => {
          log('error', 'what was read could not be kept', { why: String(error) })
          return false
        })
      return turn
    },
    measured() {
      const all = [...latest.values()]
      latest.clear()
      return all
    },
    devices: () => Object.keys(state.upses).length,
    phase: crc32(state.instance) / 2 ** 32,
  }
}
