import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { newBlockToken, offsetOfToken } from '../../src/domain/replay-offset.ts'
import { encodeBlock } from '../../src/measurements/block.ts'
import { frameOf } from '../../src/measurements/frame.ts'
import { lookEveryMs } from '../../src/measurements/live-streams.ts'
import { cpuSeconds, type Serving } from '../processes.ts'
import type { Stage } from '../stage.ts'
import type { Feed } from './feeder.ts'
import { Values } from './values.ts'
import type { GatewaySeed } from './world.ts'

/** Lines of a block: 64 KiB of them. */
const blockLines = 750
/** A block so often: as often as the log is looked at. */
const everyMs = lookEveryMs
const warmUpMs = 1000
const runMs = 4000

/** Who delivers, and what it is fed by. */
export interface Delivery {
  server: Serving
  paths: string[]
  keys: string[]
  readers: number
  /** Where they do not all get the same. */
  allCountLines?: boolean
  feed?: NonNullable<Feed['start']>
}

/** The server, which reads from the log what another process appends: so many blocks each time that the log is looked at. */
export function ownDelivery({ server, world }: Stage, readers: number, atOnce = 1): Delivery {
  return {
    server,
    paths: [livePath(world.site.organization)],
    keys: world.site.keys,
    readers,
    feed: { gateways: world.site.gateways.slice(0, 1), lines: blockLines, everyMs: everyMs / atOnce },
  }
}

/** The server, with a thousand readers of so many organizations, which report every four seconds: 250 deliveries a second of however many blocks. */
export function manyDelivery({ server, world }: Stage, organizations: number): Delivery {
  const gateways = world.many.gateways.slice(0, organizations)
  return {
    server,
    paths: gateways.map(({ organization }) => livePath(organization)),
    keys: world.many.keys,
    readers: 1000,
    allCountLines: true,
    feed: { gateways, lines: 50, everyMs: 4000 },
  }
}

/** A baseline, which holds such blocks ready. */
export async function bareDelivery(stage: Stage, file: string, readers: number, atOnce: number): Promise<Delivery> {
  const blocks = join(stage.directory, 'blocks.json')
  writeFileSync(blocks, JSON.stringify(blocksOf(stage, 16).map(({ block }) => ({ base64: block.toString('base64') }))))
  const server = await stage.started(`baselines/${file}`, [blocks, String(everyMs), String(atOnce)])
  return { server, paths: ['/'], keys: ['none'], readers }
}

/** The loop in C; null where there is no compiler. */
export async function loopDelivery(stage: Stage, readers: number, atOnce: number): Promise<Delivery | null> {
  const program = join(stage.directory, `write-loop-${readers}`)
  const source = join(import.meta.dirname, '../baselines/write-loop.c')
  if (spawnSync('cc', ['-O2', '-o', program, source]).status !== 0) return null
  const chunks = `${program}.chunks`
  writeFileSync(chunks, Buffer.concat(blocksOf(stage, atOnce).map((block) => frameOf(block).chunk)))
  return { server: await stage.startedProgram(program, [chunks, String(everyMs)]), paths: ['/'], keys: ['none'], readers }
}

/** Lines delivered per CPU second of the process that delivers, once. */
export async function delivered(
  stage: Stage,
  { server, paths, keys, readers, allCountLines = false, feed }: Delivery,
): Promise<number> {
  const { databaseUrl, readers: client, feeder } = stage
  await client.ask({ open: { url: server.url, paths, keys, count: readers, allCountLines } })
  if (feed) await feeder.ask({ databaseUrl, start: feed })
  await pause(warmUpMs)
  const [before, cpuBefore] = [await client.ask({ count: true }), cpuSeconds(server.pid)]
  await pause(runMs)
  const [after, cpuAfter] = [await client.ask({ count: true }), cpuSeconds(server.pid)]
  await client.ask({ close: true })
  if (feed) await feeder.ask({ databaseUrl })
  // How many lines a byte holds, those know who count them, over all of their time.
  const lines = (after.bytes - before.bytes) * (after.counted.lines / after.counted.bytes)
  if (process.env.BENCH_VERBOSE) console.error(`  ${Math.round(lines)} lines in ${(cpuAfter - cpuBefore).toFixed(3)} s of CPU`)
  return lines / (cpuAfter - cpuBefore)
}

export function livePath(organization: string): string {
  return `/rest/v1/organizations/${organization}/measurements/live`
}

/** Blocks as the log would have them. */
function blocksOf({ world }: Stage, count: number) {
  const values = new Values((world.site.gateways[0] as GatewaySeed).ids)
  return Array.from({ length: count }, () => {
    const lines = Buffer.from(values.lines('sensorId', Date.now(), 0, blockLines))
    return encodeBlock(lines, blockLines, offsetOfToken(newBlockToken(randomBytes)))
  })
}
