import { base62Of } from '../../src/domain/base62.ts'

/** A sensor as its lines name it: by its id on the wire, by the gateway's ref in a report. */
export type Naming = 'sensorId' | 'sensorRef'

/** Sensors of one device are read together, so they have one time. */
const sensorsPerDevice = 8
/** A gateway reads its devices one after the other. */
const msPerDevice = 7

/** How a kind of sensor begins, how far it moves from one reading to the next, and its digits. */
const kinds = [
  { label: 'temperature, °C', from: 19, to: 31, step: 0.2, digits: 1 },
  { label: 'humidity, %', from: 30, to: 60, step: 0.5, digits: 1 },
  { label: 'input voltage, V', from: 226, to: 234, step: 0.4, digits: 1 },
  { label: 'load, %', from: 15, to: 85, step: 2, digits: 0 },
  { label: 'current, A', from: 0.5, to: 12, step: 0.15, digits: 2 },
  { label: 'power, W', from: 100, to: 2600, step: 30, digits: 0 },
  { label: 'charge, %', from: 97, to: 100, step: 0.3, digits: 0 },
  { label: 'energy, kWh', from: 100, to: 40_000, step: 0.05, digits: 2 },
] as const

/** The same numbers from 0 to below 1 each time (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let one = Math.imul(state ^ (state >>> 15), 1 | state)
    one = (one + Math.imul(one ^ (one >>> 7), 61 | one)) ^ one
    return ((one ^ (one >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Sensors as at a real site: of eight kinds, each wandering from its last value, as their devices are read one after the other. */
export class Values {
  readonly #names: readonly string[]
  readonly #values: Float64Array
  readonly #random: () => number

  constructor(names: readonly string[], seed = 1) {
    this.#names = names
    this.#random = randomFrom(seed)
    this.#values = Float64Array.from(names, (_, nth) => {
      const { from, to } = kindOf(nth)
      return from + this.#random() * (to - from)
    })
  }

  /** The next reading of the sensors from `first` on, `count` of them, begun at `at` (ms since 1970): their places, times and values. */
  *next(
    at: number,
    first = 0,
    count = this.#names.length,
  ): Generator<{ sensor: number; at: number; value: number; digits: number }> {
    for (let sensor = first; sensor < first + count; sensor += 1) {
      const { from, to, step, digits } = kindOf(sensor)
      const moved = (this.#values[sensor] as number) + (2 * this.#random() - 1) * step
      const value = Math.min(to, Math.max(from, moved))
      this.#values[sensor] = value
      yield { sensor, at: at + msPerDevice * Math.floor((sensor - first) / sensorsPerDevice), value, digits }
    }
  }

  /** The same as lines, each ended by a newline. */
  lines(naming: Naming, at: number, first?: number, count?: number): string {
    let lines = ''
    let time = ''
    let timeOf = Number.NaN
    for (const one of this.next(at, first, count)) {
      if (one.at !== timeOf) {
        timeOf = one.at
        time = new Date(one.at).toISOString()
      }
      lines += `{"${naming}":"${this.#names[one.sensor]}","timestamp":"${time}","numericValue":${one.value.toFixed(one.digits)}}\n`
    }
    return lines
  }
}

/** What a gateway calls its sensors: by device and kind. */
export function sensorRefs(count: number): string[] {
  return Array.from(
    { length: count },
    (_, nth) => `ups-${base62Of(Math.floor(nth / sensorsPerDevice), 3)}/${nth % sensorsPerDevice}`,
  )
}

function kindOf(nth: number): (typeof kinds)[number] {
  return kinds[nth % kinds.length] as (typeof kinds)[number]
}
