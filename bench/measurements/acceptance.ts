import type pg from 'pg'
import { alternating, type Measured, ratioOf, type Stage } from '../stage.ts'
import { withClient } from '../with-client.ts'
import type { GatewaySeed } from './world.ts'

/** Lines of a report: all sensors of a gateway once. */
const reportLines = 1000
/** Connections at once: of each gateway two, as many as the server takes of one. */
const connections = 20
/** Transactions at once: as many as the server has for storing. */
const copyConnections = 4
const warmUpMs = 3000
const runMs = 3000

/** Lines accepted a second, to rows copied a second into a table indexed by sensor and time, in commits of the same size. */
export function acceptedToCopied(stage: Stage): Promise<Measured> {
  return withClient(stage.databaseUrl, (client) => compared(stage, client))
}

async function compared({ server, databaseUrl, sending, copying, world }: Stage, client: pg.Client): Promise<Measured> {
  await client.query('create table bench_row (sensor text not null, at timestamptz not null, value float8 not null)')
  await client.query('create index on bench_row (sensor, at)')
  await prepare({ server, sending }, world.site.gateways, reportLines)
  await sending.ask({ run: { connections, ms: warmUpMs } })
  const copy = {
    databaseUrl,
    table: 'bench_row',
    sensors: world.site.gateways.flatMap((gateway) => gateway.ids),
    connections: copyConnections,
    rowsPerCommit: await linesPerCommit(client, world.site.code),
    ms: runMs,
  }
  if (process.env.BENCH_VERBOSE) console.error(`  ${copy.rowsPerCommit} lines a commit`)
  await copying.ask({ ...copy, ms: warmUpMs })
  const [accepted, copied] = await alternating([() => sending.ask({ run: { connections, ms: runMs } }), () => copying.ask(copy)])
  await client.query('drop table bench_row')
  return ratioOf(accepted as number[], copied as number[])
}

/** Lines accepted a second from a thousand organizations, to those from ten. */
export async function acceptedByOrganizations(stage: Stage): Promise<Measured> {
  const { sending, world } = stage
  const of = (organizations: number) => async () => {
    await prepare(stage, world.many.gateways.slice(0, organizations), reportLines)
    return sending.ask({ run: { connections, ms: runMs } })
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

/** How many lines of an organization one commit held, in whole reports: all blocks of a commit have one xmin. */
async function linesPerCommit(client: pg.Client, code: string): Promise<number> {
  const { rows } = await client.query<{ lines: number }>(
    `select (sum(lines) / count(distinct xmin::text))::float8 as lines from measurement_block where code = $1`,
    [code],
  )
  return Math.max(1, Math.round((rows[0]?.lines ?? 0) / reportLines)) * reportLines
}
