import { mkdir } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { openBook } from './book.ts'
import { withoutFormerServers } from './collect.ts'
import type { GatewayConfig, NutServer } from './config.ts'
import { lockDirectory } from './directory-lock.ts'
import { lanesOf } from './lanes.ts'
import type { Log } from './log.ts'
import { measureRegularly } from './measure-regularly.ts'
import { openMeasurementQueue } from './measurement-queue.ts'
import { type UpsdReading, upsdReader } from './nut/read-upsd.ts'
import { openQueue } from './queue.ts'
import { startSender } from './sender.ts'
import type { Source } from './source.ts'
import { caughtUp, loadState } from './state.ts'

/**
 * Reads the configured servers and sends what it reads, until stopped. What it acknowledges to itself is on the disk first: the
 * batch, then the state that follows from it, and only then does the sender hear of it.
 */
export async function startGateway(config: GatewayConfig, log: Log, source: Source): Promise<{ stop(): Promise<void> }> {
  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 })
  const unlock = await lockDirectory(config.dataDirectory)
  const queue = await openQueue(config.dataDirectory, config.queue)
  const measurements = await openMeasurementQueue(config.dataDirectory, config.measurementQueue, source.newInstance)
  const stored = await loadState(config.dataDirectory, source.newInstance)
  const stopping = new AbortController()
  const known = withoutFormerServers(await caughtUp(stored, queue, config.servers), config.servers)
  const book = openBook(config, known, queue, log, source)
  const sender = startSender(lanesOf(config, queue, measurements), log, source.random)
  const measuring = measureRegularly(config, book, measurements, sender, log, source, stopping.signal)
  const watching = config.servers.map((server) =>
    watch(server, config.pollMs, log, stopping.signal, async (reading) => {
      if (await book.take(server, reading)) sender.wake()
    }),
  )
  const waiting = () => ({ waiting: !queue.isEmpty(), measurementsWaiting: !measurements.isEmpty() })
  log('info', 'gateway started', { servers: config.servers.map((server) => server.name), ...waiting() })
  return {
    async stop() {
      stopping.abort()
      await Promise.all([...watching, measuring])
      await sender.stop()
      await unlock()
      log('info', 'gateway stopped', { ...waiting(), ...queue.counts, measurements: { ...measurements.counts } })
    },
  }
}

/** Reads one server again and again, until `stopping`, and passes each reading on. */
async function watch(
  server: NutServer,
  pollMs: number,
  log: Log,
  stopping: AbortSignal,
  take: (reading: UpsdReading) => Promise<void>,
): Promise<void> {
  const reader = upsdReader(server, server.ups)
  stopping.addEventListener('abort', () => reader.close())
  let problem: string | undefined
  while (!stopping.aborted) {
    const reading = await reader.read()
    if (stopping.aborted) break // what was read while stopping may be cut off
    const found = problemIn(server, reading)
    if (found !== problem) log(found ? 'warn' : 'info', found ?? 'all is read again', { nut: server.name })
    problem = found
    await take(reading)
    await wait(pollMs, undefined, { signal: stopping }).catch(() => {})
  }
  reader.close() // a connection that was just being made when the stop came
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
