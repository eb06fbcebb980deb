import type { BenchData } from './data.ts'
import type { Load } from './load.ts'
import type { LoadClient, Serving } from './processes.ts'

/** What the figures are measured with. */
export interface Stage {
  data: BenchData
  databaseUrl: string
  server: Serving
  baseline(file: string): Promise<Serving>
  load: LoadClient
  /** Of a server that nobody asked anything, 60 s after its start. */
  idleMemoryMiB(): Promise<number>
}

export interface Figure {
  name: string
  goal: { least?: number; most?: number }
  measure(stage: Stage): Promise<number>
}

const pairs = 7
const warmUpMs = 3000
const runMs = 2000
const connections = 32

export const figures: readonly Figure[] = [
  {
    name: 'list-repeated',
    goal: { least: 0.8 },
    measure: async (stage) => {
      const baseline = await stage.baseline('list-kept.ts')
      const [own, bare] = [listLoad(stage, stage.server), listLoad(stage, baseline)]
      await sameAnswer(own, bare)
      return medianRatio(stage, own, bare, baseline)
    },
  },
  {
    name: 'list-changed',
    goal: { least: 0.8 },
    measure: async (stage) => {
      const baseline = await stage.baseline('list-fresh.ts')
      const [own, bare] = [listLoad(stage, stage.server), listLoad(stage, baseline)]
      await sameAnswer(own, bare)
      const change = { databaseUrl: stage.databaseUrl, organization: stage.data.organization }
      return medianRatio(stage, { ...own, change }, { ...bare, change }, baseline)
    },
  },
  {
    name: 'poll-empty',
    goal: { least: 0.7 },
    measure: async (stage) => {
      const baseline = await stage.baseline('poll.ts')
      const own = await pollLoad(stage, stage.server, stage.data.keys.all10)
      const bare = { ...own, url: baseline.url }
      await sameAnswer(own, bare)
      return medianRatio(stage, own, bare, baseline)
    },
  },
  { name: 'poll-cost-all-10000', goal: { most: 1.3 }, measure: (stage) => cost(stage, 'all10', 'all10000') },
  { name: 'poll-cost-specific-10000', goal: { most: 1.3 }, measure: (stage) => cost(stage, 'specific10', 'specific10000') },
  { name: 'memory-mib', goal: { most: 150 }, measure: (stage) => stage.idleMemoryMiB() },
]

/** What a poll costs with the one key, in what it costs with the other. */
async function cost(stage: Stage, few: keyof BenchData['keys'], many: keyof BenchData['keys']): Promise<number> {
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

/** Requests a second of `own` in those of `bare`: runs in turn, the median of the pairs, so that what else the machine does meets both. */
async function medianRatio(stage: Stage, own: Load, bare: Load, baseline?: Serving): Promise<number> {
  for (const load of [own, bare]) await stage.load.run({ ...load, ms: warmUpMs })
  const ratios: number[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = pair % 2 === 0
    const one = await stage.load.run(first ? own : bare)
    const two = await stage.load.run(first ? bare : own)
    const [ownRate, bareRate] = first ? [one, two] : [two, one]
    if (process.env.BENCH_VERBOSE)
      console.error(`  ${ownRate.toFixed(1)}/s against ${bareRate.toFixed(1)}/s: ${(ownRate / bareRate).toFixed(3)}`)
    ratios.push(ownRate / bareRate)
  }
  await baseline?.stop()
  return ratios.sort((a, b) => a - b)[(pairs - 1) / 2] as number
}
