import { describe, expect, test } from 'vitest'
import { follow, type Measurement } from '../../docs/guides/programs/measurements.ts'
import { randomFrom, seedOfRun, soak } from '../support/door.ts'
import { type MeasuredSite, newMeasuredSite } from '../support/measured-site.ts'
import { until } from '../support/own-process.ts'
import { plantedFindings } from '../support/planted-fault.ts'

const measurementsMax = soak ? 1_000_000 : 50_000
const disturbancesMax = soak ? 60 : 4
const sensors = 50
const writersCount = 2
const withinMs = 30_000

interface Told {
  seed: number
  acknowledged: number
  lost: number[]
  twice: number
  disturbances: Record<Disturbance, number>
  seconds: number
}

const kinds = ['SIGKILL', 'SIGTERM', 'cut', 'away'] as const
type Disturbance = (typeof kinds)[number]

/** A reader by the guide's program, whose store outlives it. */
class GuideReader {
  readonly #site: MeasuredSite
  readonly #seen = new Uint8Array(measurementsMax + 100_000)
  #over = new AbortController()
  #following: Promise<void> = Promise.resolve()
  offset: string | undefined
  twice = 0
  /** The offset that came with each of these measurements. */
  readonly offsets = new Map<number, string>()

  constructor(site: MeasuredSite) {
    this.#site = site
  }

  start(): void {
    this.#over = new AbortController()
    this.#following = follow({
      url: this.#site.line.url,
      organization: this.#site.organization,
      key: this.#site.key,
      offset: this.offset,
      keep: (measurements, offset) => this.#keep(measurements, offset),
      signal: this.#over.signal,
    })
  }

  async stop(): Promise<void> {
    this.#over.abort()
    await this.#following
  }

  has(number: number): boolean {
    return this.#seen[number] === 1
  }

  #keep(measurements: Measurement[], offset: string | undefined): void {
    for (const measurement of measurements) {
      const number = this.#site.numberOf(measurement)
      if (this.#seen[number] === 1) this.twice += 1
      this.#seen[number] = 1
      if (measurement.offset !== undefined) this.offsets.set(number, measurement.offset)
    }
    this.offset = offset ?? this.offset
  }
}

/** Reports measurements while the server is stopped and killed, the line is cut, and the reader goes away and comes back. */
async function readWhileDisturbed(
  { count, disturbances, reportMax }: { count: number; disturbances: number; reportMax: number },
  seed: number,
  program?: string[],
): Promise<Told> {
  const random = randomFrom(seed)
  const site = await newMeasuredSite('postgres', sensors, program)
  const reader = new GuideReader(site)
  const acknowledged: [first: number, count: number][] = []
  let next = 0
  const report = async (size: number) => {
    const first = next
    next += size
    await site.report(first, size)
    acknowledged.push([first, size])
    return first + size - 1
  }
  const done = { SIGKILL: 0, SIGTERM: 0, cut: 0, away: 0 }
  try {
    reader.start()
    await until('the first offset', async () => {
      await report(1)
      return reader.offset !== undefined
    })
    const begin = Math.min(...reader.offsets.keys())
    const startedAt = performance.now()
    const write = async () => {
      while (next < count) await report(1 + random.below(reportMax))
    }
    const writing = Promise.all(Array.from({ length: writersCount }, write))
    for (let one = 0; one < disturbances; one += 1) {
      const due = (one * count) / disturbances
      await until('reports', async () => next >= due)
      await new Promise((resolve) => setTimeout(resolve, random.below(150)))
      const kind = kinds[one % kinds.length] as Disturbance
      if (kind === 'cut') site.line.cut()
      else if (kind !== 'away') await site.restart(kind)
      else {
        await reader.stop()
        await until('reports meanwhile', async () => next >= Math.min(count, due + (4 * count) / (5 * disturbances)))
        reader.start()
      }
      done[kind] += 1
    }
    await writing
    // A gap is filled when the next measurement names its end. What the stored offset says is what the record must hold.
    const written = next
    const closing = async () => {
      const number = await report(1)
      return Array.from({ length: number - written + 1 }, (_, place) => written + place).find(
        (one) => reader.offset !== undefined && reader.offset === reader.offsets.get(one),
      )
    }
    const end = await until('the end of the record', closing, withinMs)
    const lost: number[] = []
    let total = 0
    for (const [first, size] of acknowledged) {
      for (let number = Math.max(first, begin); number < Math.min(first + size, end); number += 1) {
        total += 1
        if (!reader.has(number)) lost.push(number)
      }
    }
    const seconds = (performance.now() - startedAt) / 1000
    return { seed, acknowledged: total, lost, twice: reader.twice, disturbances: done, seconds }
  } finally {
    await reader.stop()
    await site.close()
  }
}

function print(what: string, { seed, acknowledged, lost, twice, disturbances, seconds }: Told): void {
  const { SIGKILL, SIGTERM, cut, away } = disturbances
  console.log(
    `${what}: seed ${seed}, ${acknowledged} measurements acknowledged, ${lost.length} lost, ${twice} came twice; ` +
      `kill -9 ${SIGKILL}, SIGTERM ${SIGTERM}, line cut ${cut}, reader away ${away}; ${seconds.toFixed(1)} s`,
  )
}

describe('a reader that uses live and replay as the guide says', () => {
  test(
    `loses none of ${measurementsMax} acknowledged measurements over ${disturbancesMax} restarts and disconnections`,
    async () => {
      const told = await readWhileDisturbed(
        { count: measurementsMax, disturbances: disturbancesMax, reportMax: 500 },
        seedOfRun(),
      )
      print('a reader of measurements', told)
      expect(told.lost.slice(0, 20)).toEqual([])
      expect(told.acknowledged).toBeGreaterThanOrEqual(measurementsMax * 0.99)
    },
    120_000 + disturbancesMax * 30_000,
  )

  test.each(['skipped-block', 'replay-behind-the-next', 'unstored-block'])(
    'and a planted fault, %s, is found',
    async (fault) => {
      const lost = await plantedFindings(async (seed) => {
        const program = ['test/faults/faulty-server.ts', fault]
        const told = await readWhileDisturbed({ count: 2_500, disturbances: 2, reportMax: 50 }, seed, program)
        print(`a reader of measurements, planted fault ${fault}`, told)
        return told.lost
      })
      expect(lost.length).toBeGreaterThan(0)
    },
    300_000,
  )
})
