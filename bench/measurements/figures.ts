import { alternating, type Figure, type Measured, median, once, ratioOf, type Stage } from '../stage.ts'
import { type Accepted, acceptedByOrganizations, acceptedToCopied } from './acceptance.ts'
import { delayMs } from './delay.ts'
import { bareDelivery, type Delivery, delivered, loopDelivery, manyDelivery, ownDelivery } from './delivery.ts'
import { replayRates, toBlocks, toRows } from './replay.ts'
import { storedOfMany, storedOfOne } from './storage.ts'

const millionLines = 1_000_000

/** 8,000 deliveries of a block to a reader a second, to few readers as to many. */
const deliveries = [
  { readers: 100, atOnce: 10 },
  { readers: 1000, atOnce: 1 },
]

/** What we promise of measurements, and what is named beside it. How each is measured: docs/benchmarks.md. */
export const measurementFigures: readonly Figure[] = [
  ...deliveries.flatMap(({ readers, atOnce }): Figure[] => {
    const rates = once((stage) => deliveryRates(stage, readers, atOnce))
    return [
      {
        name: `delivered-${readers}-to-bare`,
        goal: { least: 0.8 },
        measure: async (stage) => {
          const { own, bare } = await rates(stage)
          return ratioOf(own, bare)
        },
      },
      {
        name: `delivered-${readers}-to-compressing`,
        goal: { least: 10 },
        measure: async (stage) => {
          const { own, compressing } = await rates(stage)
          return ratioOf(own, compressing)
        },
      },
      {
        name: `delivered-${readers}-to-write-loop`,
        measure: async (stage) => {
          const { own, loop } = await rates(stage)
          return loop && ratioOf(own, loop)
        },
      },
      {
        name: `delivered-${readers}-million-lines-per-cpu-second`,
        measure: async (stage) => ({ value: median((await rates(stage)).own) / millionLines }),
      },
    ]
  }),
  ...acceptedFigures('accepted-to-copied', once(acceptedToCopied('many')), { least: 2 }),
  ...acceptedFigures('accepted-to-copied-1000-lines', once(acceptedToCopied('few'))),
  ...storedFigures('one', 12, once(storedOfOne)),
  ...storedFigures('many', 24, once(storedOfMany)),
  ...replayFigures(once(replayRates)),
  { name: 'delay-ms-p99', goal: { most: 300 }, measure: delayMs },
  {
    name: 'delivered-growth-1000-to-1-readers',
    goal: { least: 1 },
    measure: (stage) => growth(stage, ownDelivery(stage, 1), ownDelivery(stage, 1000)),
  },
  {
    name: 'delivered-growth-1000-to-10-organizations',
    measure: (stage) => growth(stage, manyDelivery(stage, 10), manyDelivery(stage, 1000)),
  },
  { name: 'accepted-growth-1000-to-10-organizations', measure: acceptedByOrganizations },
]

interface DeliveryRates {
  own: number[]
  bare: number[]
  compressing: number[]
  /** Undefined where no C compiler is. */
  loop: number[] | undefined
}

async function deliveryRates(stage: Stage, readers: number, atOnce: number): Promise<DeliveryRates> {
  const loop = await loopDelivery(stage, readers, atOnce)
  const all = [
    ownDelivery(stage, readers, atOnce),
    await bareDelivery(stage, 'stream-bare.ts', readers, atOnce),
    await bareDelivery(stage, 'stream-compressing.ts', readers, atOnce),
    ...(loop ? [loop] : []),
  ]
  const [own, bare, compressing, looped] = await alternating(all.map((one) => () => delivered(stage, one)))
  for (const { server } of all.slice(1)) await server.stop()
  return { own: own as number[], bare: bare as number[], compressing: compressing as number[], loop: looped }
}

/** What the many get for a CPU second, in what the few get. */
async function growth(stage: Stage, few: Delivery, many: Delivery): Promise<Measured> {
  const [small, large] = await alternating([() => delivered(stage, few), () => delivered(stage, many)])
  return ratioOf(large as number[], small as number[])
}

function acceptedFigures(name: string, measured: (stage: Stage) => Promise<Accepted>, goal?: Figure['goal']): Figure[] {
  return [
    { name, ...(goal && { goal }), measure: async (stage) => (await measured(stage)).bySecond },
    { name: `${name}-by-cpu-second`, measure: async (stage) => (await measured(stage)).byCpuSecond },
  ]
}

function storedFigures(
  name: string,
  most: number,
  measured: ReturnType<typeof once<Awaited<ReturnType<typeof storedOfOne>>>>,
): Figure[] {
  return [
    { name: `stored-bytes-${name}`, goal: { most }, measure: async (stage) => (await measured(stage)).log },
    { name: `stored-bytes-${name}-roll-ups`, measure: async (stage) => (await measured(stage)).rollUps },
    { name: `stored-bytes-${name}-report-ids`, measure: async (stage) => (await measured(stage)).reportIds },
  ]
}

function replayFigures(measured: ReturnType<typeof once<Awaited<ReturnType<typeof replayRates>>>>): Figure[] {
  return [
    { name: 'replayed-to-blocks', goal: { least: 0.8 }, measure: async (stage) => toBlocks(await measured(stage)) },
    { name: 'replayed-to-rows', goal: { least: 8 }, measure: async (stage) => toRows(await measured(stage)) },
  ]
}
