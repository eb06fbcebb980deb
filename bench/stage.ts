import type { Copying } from './baselines/copy-rows.ts'
import type { Sent } from './baselines/webhook-sender.ts'
import type { BenchData } from './data.ts'
import type { Load } from './load.ts'
import type { Delaying, Delays } from './measurements/delaying.ts'
import type { Feed } from './measurements/feeder.ts'
import type { Reading, Taken } from './measurements/readers.ts'
import type { Replaying } from './measurements/replaying.ts'
import type { Sending } from './measurements/sending.ts'
import type { MeasurementWorld } from './measurements/world.ts'
import type { Forked, Serving } from './processes.ts'
import type { Receiving } from './webhooks/receiving.ts'

/** What the figures are measured with. The processes of the bench itself are started when they are first asked. */
export interface Stage {
  data: BenchData
  world: MeasurementWorld
  databaseUrl: string
  /** Another, migrated and empty. */
  emptyDatabase(): Promise<string>
  /** For files of the bench: removed at its end. */
  directory: string
  server: Serving
  /** Starts a program of the bench, or any other, that says where it serves. */
  started(file: string, args: string[]): Promise<Serving>
  startedProgram(command: string, args: string[]): Promise<Serving>
  readonly load: Forked<Load, number>
  readonly feeder: Forked<Feed, number>
  readonly readers: Forked<Reading, Taken>
  readonly sending: Forked<Sending, number>
  readonly copying: Forked<Copying, number>
  readonly replaying: Forked<Replaying, number>
  readonly delaying: Forked<Delaying, Delays>
  readonly receiving: Forked<Receiving, string>
  readonly bareSender: Forked<Sent, number>
  /** Of a server that nobody asked anything, 60 s after its start. It is stopped then: until it is, it shares the work of the other one. */
  idleMemoryMiB(): Promise<number>
}

/** A value, and what the control of the same run leaves open of it, as a share of it: how far the control's own runs lie apart. */
export interface Measured {
  value: number
  noise?: number
  /** The control alone says that the machine is too noisy. */
  unmeasurable?: boolean
}

/** What we claim. Without a goal it is named for information. */
export interface Figure {
  name: string
  goal?: { least: number } | { most: number }
  /** Undefined: it cannot be measured where PostgreSQL is not this machine's; then it says nothing. */
  measure(stage: Stage): Promise<Measured | undefined>
}

const pairs = 7

/** Runs each in turn, seven times, every other time in the opposite order, so that what else the machine does meets all. Their values, by run. */
export async function alternating(runs: readonly (() => Promise<number>)[]): Promise<number[][]> {
  const values: number[][] = runs.map(() => [])
  for (let pair = 0; pair < pairs; pair += 1) {
    const order = [...runs.keys()]
    for (const nth of pair % 2 === 0 ? order : order.reverse()) values[nth]?.push(await (runs[nth] as () => Promise<number>)())
    if (process.env.BENCH_VERBOSE) console.error(`  ${values.map((one) => one.at(-1)?.toPrecision(5)).join(' : ')}`)
  }
  return values
}

/** The median of the pairs' ratios; the control is the baseline, which does the same each time. */
export function ratioOf(own: readonly number[], bare: readonly number[]): Measured {
  return { value: median(own.map((value, pair) => value / (bare[pair] as number))), noise: noiseOf(bare) }
}

/** Measured once for all figures that are about it. */
export function once<Result>(measure: (stage: Stage) => Promise<Result>): (stage: Stage) => Promise<Result> {
  let result: Promise<Result> | undefined
  return (stage) => {
    result ??= measure(stage)
    return result
  }
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** How far from their median half of the values lie, as a share of it. */
export function noiseOf(values: readonly number[]): number {
  return (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / median(values)
}

/** Linear between the two nearest values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number]
  return low + (high - low) * (place - Math.floor(place))
}

/**
 * Whether a value holds its goal. Where the goal lies within what the control leaves open, and that is more than a tenth, the machine was too
 * noisy to tell.
 */
export function verdict(
  { value, noise = 0, unmeasurable = false }: Measured,
  goal: Figure['goal'],
): 'holds' | 'falls short' | 'unmeasurable' | 'information' {
  if (goal === undefined) return 'information'
  const [low, high] = [value * (1 - noise), value * (1 + noise)]
  const bound = 'least' in goal ? goal.least : goal.most
  if (unmeasurable || (noise > noiseMax && low < bound && bound < high)) return 'unmeasurable'
  return ('least' in goal ? value >= bound : value <= bound) ? 'holds' : 'falls short'
}

/** Noise that a control may have before anything is doubted. */
const noiseMax = 0.1
