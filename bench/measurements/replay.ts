import type pg from 'pg'
import { type BlockToken, offsetOfToken } from '../../src/domain/replay-offset.ts'
import { requestConnectionsMax } from '../../src/store/postgres.ts'
import { alternating, type Measured, ratioOf, type Stage } from '../stage.ts'
import { withClient } from '../with-client.ts'
import { appendAtOnce } from './appending.ts'
import type { Replaying } from './replaying.ts'
import { Values } from './values.ts'

/** As many as 64 KiB hold, so that each report is a block. */
const reportLines = 750
const reports = 1334
const linesOfAll = reportLines * reports
const warmUpMs = 2000
const runMs = 2000

/** Replays a second of a million measurements: of the server, of bare blocks, of rows. */
export type ReplayRates = Record<'own' | 'blocks' | 'rows', number[]>

export async function replayRates(stage: Stage): Promise<ReplayRates> {
  const { databaseUrl, world, replaying, server } = stage
  const { organization, code, key } = world.replayed
  await fill(stage)
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<{ token: BlockToken }>('select token from measurement_block where code = $1 order by seq', [code]),
  )
  const [from, to] = [rows[0], rows.at(-1)].map((row) => offsetOfToken(row?.token as BlockToken))
  const path = `/rest/v1/organizations/${organization}/measurements/replay?fromOffset=${from}&toOffset=${to}`
  const bare = async (file: string, what: string) => {
    const serving = await stage.started(`baselines/${file}`, [databaseUrl, what, String(requestConnectionsMax)])
    return { url: serving.url, path: '/', key: 'none', ms: runMs }
  }
  const asked: Replaying[] = [
    { url: server.url, path, key, ms: runMs },
    await bare('replay-blocks.ts', code),
    await bare('replay-rows.ts', 'bench_replay'),
  ]
  for (const one of asked) {
    await sameLines(one)
    await replaying.ask({ ...one, ms: warmUpMs })
  }
  const [own, blocks, rowed] = await alternating(asked.map((one) => () => replaying.ask(one)))
  return { own: own as number[], blocks: blocks as number[], rows: rowed as number[] }
}

export function toBlocks({ own, blocks }: ReplayRates): Measured {
  return ratioOf(own, blocks)
}

export function toRows({ own, rows }: ReplayRates): Measured {
  return ratioOf(own, rows)
}

/** The measurements, as blocks with one before them, and as rows. */
async function fill({ databaseUrl, world }: Stage): Promise<void> {
  const { organization, gateway } = world.replayed
  const values = new Values(gateway.ids)
  const begin = Date.now() - reports * 1000
  const texts = Array.from({ length: reports + 1 }, (_, nth) => values.lines('sensorId', begin + nth * 1000, 0, reportLines))
  // The first block is the one that the replay begins behind.
  await withClient(databaseUrl, (client) => fillRows(client, texts.slice(1)))
  await appendAtOnce(
    databaseUrl,
    texts.map((lines) => ({ gatewayId: gateway.id, organization, lines })),
  )
}

async function fillRows(client: pg.Client, texts: readonly string[]): Promise<void> {
  await client.query(`create table bench_replay (
    id bigint generated always as identity primary key, sensor text not null, at timestamptz not null, value float8 not null)`)
  for (const lines of texts) {
    await client.query(
      `insert into bench_replay (sensor, at, value)
       select x->>'sensorId', (x->>'timestamp')::timestamptz, (x->>'numericValue')::float8
         from unnest(string_to_array(rtrim($1, E'\\n'), E'\\n')) line, cast(line as jsonb) x`,
      [lines],
    )
  }
  await client.query('analyze bench_replay')
}

/** Throws where a replay is not all of it. */
async function sameLines({ url, path, key }: Replaying): Promise<void> {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${key}`, 'accept-encoding': 'gzip' } })
  const lines = (await answer.text()).split('\n').filter((line) => line.includes('"sensorId"')).length
  if (lines !== linesOfAll) throw new Error(`A replay has ${lines} lines.`)
}
