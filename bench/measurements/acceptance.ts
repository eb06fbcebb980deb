import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { cpuSeconds, postgresCpuSeconds } from '../processes.ts'
import { alternating, type Measured, ratioOf, type Stage } from '../stage.ts'
import { withClient } from '../with-client.ts'
import type { GatewaySeed } from './world.ts'

/** Lines of a report: as many as a gateway of ours sends at once when it catches up, and all sensors of a gateway once. */
const reportLines = { many: 10_000, few: 1000 } as const
/** Gateways of one organization at once, with two connections each: as many requests as the server takes of one. */
const gatewaysOfOne = 4
const connectionsOfOne = 8
/** Ten organizations at once, with two connections each. */
const connectionsOfSeveral = 20
/** Transactions at once: as many as the server has for storing. */
const copyConnections = 4
const warmUpMs = 3000
const runMs = 3000

/** What is accepted, to what is copied: by the second, and by the second of CPU time of all that take part. */
export interface Accepted {
  bySecond: Measured
  /** Undefined where PostgreSQL runs elsewhere. */
  byCpuSecond: Measured | undefined
}

/**
 * Lines accepted, to rows copied into a table indexed by sensor and time, in commits of the same size. The server rolls up what it accepted during
 * both, at a tenth of the others' claim to the processor.
 */
export function acceptedToCopied(lines: keyof typeof reportLines): (stage: Stage) => Promise<Accepted> {
  return (stage) => withClient(stage.databaseUrl, (client) => compared(stage, client, reportLines[lines]))
}

async function compared(stage: Stage, client: pg.Client, lines: number): Promise<Accepted> {
  const { server, databaseUrl, sending, copying, world } = stage
  await client.query('create table bench_row (sensor text not null, at timestamptz not null, value float8 not null)')
  await client.query('create index on bench_row (sensor, at)')
  const gateways = world.site.gateways.slice(0, gatewaysOfOne)
  await prepare({ server, sending }, gateways, lines)
  const before = await lastBlock(client, world.site.code)
  const send = { connections: connectionsOfOne, ms: runMs }
  await sending.ask({ run: { ...send, ms: warmUpMs } })
  const copy = {
    databaseUrl,
    table: 'bench_row',
    sensors: gateways.flatMap((gateway) => gateway.ids),
    connections: copyConnections,
    rowsPerCommit: await linesPerCommit(client, world.site.code, before, lines),
    ms: runMs,
  }
  if (process.env.BENCH_VERBOSE) console.error(`  ${copy.rowsPerCommit} lines a commit`)
  await copying.ask({ ...copy, ms: warmUpMs })
  const postmaster = await postmasterPid(client)
  const cpu: number[][] = [[], []]
  /** Runs once; what it did by a second of the CPU time of server, PostgreSQL and client is noted beside. */
  const timed = (nth: number, pid: () => number, run: () => Promise<number>) => async () => {
    const used = () => cpuSeconds(server.pid) + cpuSeconds(pid()) + postgresCpuSeconds(postmaster ?? 0)
    const [before, begun] = [used(), performance.now()]
    const rate = await run()
    cpu[nth]?.push((rate * (performance.now() - begun)) / 1000 / (used() - before))
    return rate
  }
  const [accepted, copied] = await alternating([
    timed(
      0,
      () => sending.pid,
      () => sending.ask({ run: send }),
    ),
    timed(
      1,
      () => copying.pid,
      () => copying.ask(copy),
    ),
  ])
  await client.query('drop table bench_row')
  return {
    bySecond: ratioOf(accepted as number[], copied as number[]),
    byCpuSecond: postmaster === null ? undefined : ratioOf(cpu[0] as number[], cpu[1] as number[]),
  }
}

/** The process of the PostgreSQL that is asked; null where it runs on another machine. */
export async function postmasterPid(client: pg.Client): Promise<number | null> {
  const { rows } = await client.query<{ directory: string }>("select current_setting('data_directory') as directory")
  try {
    return Number(readFileSync(join(rows[0]?.directory ?? '', 'postmaster.pid'), 'utf8').split('\n', 1)[0])
  } catch {
    return null
  }
}

/** Lines accepted a second from a thousand organizations, to those from ten. */
export async function acceptedByOrganizations(stage: Stage): Promise<Measured> {
  const { sending, world } = stage
  const of = (organizations: number) => async () => {
    await prepare(stage, world.many.gateways.slice(0, organizations), reportLines.few)
    return sending.ask({ run: { connections: connectionsOfSeveral, ms: runMs } })
  }
  const [few, many] = await alternating([of(10), of(1000)])
  return ratioOf(many as number[], few as number[])
}

async function prepare(
  { server, sending }: Pick<Stage, 'server' | 'sending'>,
  gateways: readonly GatewaySeed[],
  lines: number,
): Promise<void> {
  await sending.ask({
    prepare: { url: server.url, gateways: gateways.map(({ refs, token }) => ({ refs, token })), lines },
  })
}

async function lastBlock(client: pg.Client, code: string): Promise<number> {
  const { rows } = await client.query<{ seq: number }>(
    'select coalesce(max(seq), 0)::float8 as seq from measurement_block where code = $1',
    [code],
  )
  return rows[0]?.seq ?? 0
}

/** How many lines of an organization one commit held behind a block, in whole reports: all blocks of a commit have one xmin. */
async function linesPerCommit(client: pg.Client, code: string, behind: number, reportLines: number): Promise<number> {
  const { rows } = await client.query<{ lines: number }>(
    `select (sum(lines) / count(distinct xmin::text))::float8 as lines from measurement_block where code = $1 and seq > $2`,
    [code, behind],
  )
  return Math.max(1, Math.round((rows[0]?.lines ?? 0) / reportLines)) * reportLines
}
