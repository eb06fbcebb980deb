import { requestConnectionsMax } from '../src/store/postgres.ts'
import type { BenchData } from './data.ts'
import type { Load } from './load.ts'
import { measurementFigures } from './measurements/figures.ts'
import type { Serving } from './processes.ts'
import { alternating, type Figure, type Measured, ratioOf, type Stage } from './stage.ts'
import { webhookFigures } from './webhooks/figures.ts'

const warmUpMs = 3000
const runMs = 2000
const connections = 32

export const figures: readonly Figure[] = [
  {
    name: 'list-repeated',
    goal: { least: 0.8 },
    measure: async (stage) => {
      const bareServer = await baseline(stage, 'list-kept.ts')
      const [own, bare] = [listLoad(stage, stage.server), listLoad(stage, bareServer)]
      await sameAnswer(own, bare)
      return medianRatio(stage, own, bare, bareServer)
    },
  },
  {
    name: 'list-changed',
    goal: { least: 0.8 },
    measure: async (stage) => {
      const bareServer = await baseline(stage, 'list-fresh.ts')
      const [own, bare] = [listLoad(stage, stage.server), listLoad(stage, bareServer)]
      await sameAnswer(own, bare)
      const change = { databaseUrl: stage.databaseUrl, organization: stage.data.organization }
      return medianRatio(stage, { ...own, change }, { ...bare, change }, bareServer)
    },
  },
  {
    name: 'poll-empty',
    goal: { least: 0.7 },
    measure: async (stage) => {
      const bareServer = await baseline(stage, 'poll.ts')
      const own = await pollLoad(stage, stage.server, stage.data.keys.all10)
      const bare = { ...own, url: bareServer.url }
      await sameAnswer(own, bare)
      return medianRatio(stage, own, bare, bareServer)
    },
  },
  { name: 'poll-cost-all-10000', goal: { most: 1.3 }, measure: (stage) => cost(stage, 'all10', 'all10000') },
  { name: 'poll-cost-specific-10000', goal: { most: 1.3 }, measure: (stage) => cost(stage, 'specific10', 'specific10000') },
  { name: 'memory-mib', goal: { most: 150 }, measure: async (stage) => ({ value: await stage.idleMemoryMiB() }) },
  ...measurementFigures,
  ...webhookFigures,
]

/** A bare server over one organization's data. */
function baseline(stage: Stage, file: string): Promise<Serving> {
  return stage.started(`baselines/${file}`, [stage.databaseUrl, stage.data.organization, String(requestConnectionsMax)])
}

/** What a poll costs with the one key, in what it costs with the other. */
async function cost(stage: Stage, few: keyof BenchData['keys'], many: keyof BenchData['keys']): Promise<Measured> {
  const { keys } = stage.data
  return medianRatio(stage, await pollLoad(stage, stage.server, keys[few]), await pollLoad(stage, stage.server, keys[many]))
}

function listLoad(stage: Stage, server: Serving): Load {
  return {
    url: server.url,
    path: `/rest/v1/organizations/${stage.data.organization}/inventory`,
    headers: { authorization: `Bearer ${stage.data.keys.all10}`, 'accept-encoding': 'gzip' },
    connections,
    ms: runMs,
  }
}

/** A poll at the feed's head. */
async function pollLoad(stage: Stage, server: Serving, key: string): Promise<Load> {
  const headers = { authorization: `Bearer ${key}`, 'accept-encoding': 'gzip' }
  const changes = `/rest/v1/organizations/${stage.data.organization}/inventory-changes`
  const { offset } = JSON.parse(await textOf(listLoad(stage, server))) as { offset: number }
  return { url: server.url, path: `${changes}/${offset}`, headers, connections, ms: runMs }
}

/** Server and baseline must answer the same, or their speeds say nothing. Throws where they don't. */
async function sameAnswer(own: Load, bare: Load): Promise<void> {
  const [one, other] = [await textOf(own), await textOf(bare)]
  if (one !== other) throw new Error(`The answers differ: ${one.slice(0, 200)} … and ${other.slice(0, 200)} …`)
}

async function textOf(load: Load): Promise<string> {
  const answer = await fetch(load.url + load.path, { headers: load.headers })
  return answer.text()
}

/** Requests a second of `own` in those of `bare`. */
async function medianRatio(stage: Stage, own: Load, bare: Load, baseline?: Serving): Promise<Measured> {
  for (const load of [own, bare]) await stage.load.ask({ ...load, ms: warmUpMs })
  const [ownRates, bareRates] = await alternating([() => stage.load.ask(own), () => stage.load.ask(bare)])
  await baseline?.stop()
  return ratioOf(ownRates as number[], bareRates as number[])
}
