import { base62Of } from '../domain/base62.ts'

/** A source of made-up measurements, the same for the same seed but for their times. */
export interface Simulation {
  /** The next `count` measurements, one of each sensor in turn, as lines of the wire form. `timestamp` is theirs. */
  next(count: number, timestamp: Date): string
}

/** A kind of sensor: a value for a slow wave from -1 to 1 and noise from -1 to 1. */
type Kind = (wave: number, noise: number, offset: number) => string

const number = (value: number, digits: number) => `"numericValue":${value.toFixed(digits)}`

/** Temperature in °C, load in %, voltage in V, relative humidity in %, and a contact that is on or off. */
const kinds: readonly Kind[] = [
  (wave, noise, offset) => number(22 + 4 * offset + 2 * wave + 0.3 * noise, 1),
  (wave, noise, offset) => number(Math.min(100, Math.max(0, 45 + 30 * offset + 12 * wave + 4 * noise)), 1),
  (wave, noise) => number(230 + 2.5 * wave + 0.8 * noise, 1),
  (wave, noise, offset) => number(Math.min(100, Math.max(0, 45 + 10 * offset - 5 * wave + noise)), 1),
  (wave, noise) => `"stringValue":"${wave + 0.2 * noise > 0.6 ? 'off' : 'on'}"`,
]

/** How many measurements of a sensor one slow wave takes. */
const waveLength = 240

/** A simulation of `sensorCount` sensors, their kinds in turn. `seed` is any whole number. */
export function simulation(sensorCount: number, seed: number): Simulation {
  let nth = 0
  return {
    next(count, timestamp) {
      const time = timestamp.toISOString()
      let lines = ''
      for (let left = count; left > 0; left -= 1, nth += 1) {
        const sensor = nth % sensorCount
        const round = Math.floor(nth / sensorCount)
        const offset = 2 * fraction(seed, sensor, -1) - 1
        const wave = Math.sin(2 * Math.PI * (round / waveLength + fraction(seed, sensor, -2)))
        const value = (kinds[sensor % kinds.length] as Kind)(wave, 2 * fraction(seed, sensor, round) - 1, offset)
        lines += `{"sensorId":"sim${base62Of(sensor, 3)}","timestamp":"${time}",${value}}\n`
      }
      return lines
    },
  }
}

/** A number from 0 to below 1 that three whole numbers stand for: two rounds of the finalizer of MurmurHash3. */
function fraction(seed: number, sensor: number, round: number): number {
  return mixed(mixed(mixed(seed) ^ sensor) ^ round) / 2 ** 32
}

function mixed(value: number): number {
  let one = (value | 0) ^ (value >>> 16)
  one = Math.imul(one ^ 0x5bd1e995, 0x85ebca6b)
  one = Math.imul(one ^ (one >>> 13), 0xc2b2ae35)
  return (one ^ (one >>> 16)) >>> 0
}
