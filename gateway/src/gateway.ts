import { mkdir } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Batch } from './batch.ts'
import { collect, inventoryOf, type Misses, withoutFormerServers } from './collect.ts'
import type { GatewayConfig, NutServer } from './config.ts'
import { lockDirectory } from './directory-lock.ts'
import type { Log } from './log.ts'
import { type UpsdReading, upsdReader } from './nut/read-upsd.ts'
import { openQueue } from './queue.ts'
import { sendBatch } from './send.ts'
import { startSender } from './sender.ts'
import { caughtUp, loadState, type State, saveState } from './state.ts'

/** Time and randomness, passed in by main.ts. */
export interface Source {
  now(): Date
  /** From 0 to below 1. */
  random(): number
  /** Text that no other data directory has. */
  newInstance(): string
}

/**
 * Reads the configured servers and sends what it reads, until stopped. What it acknowledges to itself is on the disk first: the
 * batch, then the state that follows from it, and only then does the sender hear of it.
 */
export async function startGateway(config: GatewayConfig, log: Log, source: Source): Promise<{ stop(): Promise<void> }> {
  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 })
  const unlock = await lockDirectory(config.dataDirectory)
  const queue = await openQueue(config.dataDirectory, config.queue)
  const stored = await loadState(config.dataDirectory, source.newInstance)
  let state = withoutFormerServers(await caughtUp(stored, queue, config.servers), config.servers)
  let inventoryAt = Number.NEGATIVE_INFINITY
  const misses: Misses = new Map()
  const sender = startSender(queue, (text, signal) => sendBatch(config.url, config.token, text, signal), log, source.random)

  async function take(server: NutServer, reading: UpsdReading): Promise<void> {
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
    if (next.sequence > state.sequence) sender.wake()
    if (withInventory) inventoryAt = now.getTime()
    for (const { ref, label, clearedTime } of collected.alarms)
      log('info', clearedTime ? 'alarm cleared' : 'alarm activated', { ref, label })
    state = next
  }

  /** With the inventory go the states of all alarms: should one have been lost on the way, this is where it heals. */
  function batchOf(next: State, withInventory: boolean, alarms: Batch['alarms']): Batch {
    const batchId = `${next.instance}-${next.sequence}`
    return withInventory
      ? { batchId, ...inventoryOf(next, config.servers), alarms: Object.values(next.alarms) }
      : { batchId, alarms: alarms ?? [] }
  }

  const stopping = new AbortController()
  let turn = Promise.resolve()

  async function watch(server: NutServer): Promise<void> {
    const reader = upsdReader(server, server.ups)
    stopping.signal.addEventListener('abort', () => reader.close())
    let problem: string | undefined
    while (!stopping.signal.aborted) {
      const reading = await reader.read()
      if (stopping.signal.aborted) break // what was read while stopping may be cut off
      const found = problemIn(server, reading)
      if (found !== problem) log(found ? 'warn' : 'info', found ?? 'all is read again', { nut: server.name })
      problem = found
      turn = turn
        .then(() => take(server, reading))
        .catch((error) => log('error', 'what was read could not be kept', { why: String(error) }))
      await turn
      await wait(config.pollMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
    reader.close() // a connection that was just being made when the stop came
  }

  log('info', 'gateway started', { servers: config.servers.map((server) => server.name), waiting: !queue.isEmpty() })
  const watching = Promise.all(config.servers.map(watch))
  return {
    async stop() {
      stopping.abort()
      await watching
      await sender.stop()
      await unlock()
      log('info', 'gateway stopped', { waiting: !queue.isEmpty(), ...queue.counts })
    },
  }
}

/** What could not be read of a server, in one sentence; undefined where all could. */
export function problemIn(server: NutServer, reading: UpsdReading): string | undefined {
  if ('problem' in reading) return `upsd at ${server.host}:${server.port} cannot be read: ${reading.problem}`
  const missing = (server.ups ?? []).filter((name) => !reading.upses.some((ups) => ups.name === name))
  const failing = reading.upses.filter((ups) => ups.problem !== undefined)
  const sentences = [
    ...(missing.length > 0 ? [`upsd does not list ${missing.join(', ')}: correct devices[].ups`] : []),
    ...failing.map((ups) => `${ups.name} cannot be read: ${ups.problem}`),
  ]
  return sentences.length > 0 ? sentences.join('; ') : undefined
}
