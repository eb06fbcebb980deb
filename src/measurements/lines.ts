import { constants, inflateRawSync } from 'node:zlib'

/** Charts and roll-ups reach back so far. */
export const rolledUpDays = 90
const rolledUpMs = rolledUpDays * 24 * 60 * 60 * 1000

/** What a line has beside its sensor and its time. */
interface Line {
  numericValue?: number
  stringValue?: string
}

/** Sensors in the order in which they were met: nearly always each is followed by the one that followed it before. */
export class SensorOrder {
  readonly #followers = new Map<string, string>()
  #last = ''

  /** The id at `at`; of one sensor the same text each time, which is found in a map without being read. */
  idAt(text: string, at: number): string {
    const follower = this.#followers.get(this.#last)
    const isNext = follower !== undefined && text.startsWith(follower, at) && text.charCodeAt(at + follower.length) === quote
    const id = isNext ? follower : text.slice(at, text.indexOf('"', at))
    if (!isNext) this.#followers.set(this.#last, id)
    this.#last = id
    return id
  }
}

/**
 * Tells the measurements of a block, in its order, without those from more than 90 days before it was accepted. `at` in ms since 1970: one from a
 * gateway whose clock is ahead counts as measured when it was accepted, so nothing counts as measured after that. `only` leaves out the other sensors.
 */
export function readMeasurements(
  block: { acceptedAt: number; block: Uint8Array },
  take: (sensorId: string, at: number, value: number | string) => void,
  { only, order = new SensorOrder() }: { only?: ReadonlySet<string>; order?: SensorOrder } = {},
): void {
  const acceptedMs = Math.floor(block.acceptedAt * 1000)
  const text = inflateRawSync(block.block, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8')
  // Sensors that are read together share their time.
  let time = ''
  let timeMs = Number.NaN
  for (let from = 0, next = 0; from < text.length; from = next) {
    next = text.indexOf('\n', from) + 1
    const sensorId = order.idAt(text, from + idPlace)
    if (only !== undefined && !only.has(sensorId)) continue
    const timeAt = from + idPlace + sensorId.length + timeHead.length
    let value: number | string = plainNumber(text, timeAt + timeLength)
    if (Number.isNaN(value)) value = parsedValue(text.slice(from, next))
    if (!text.startsWith(time, timeAt) || time === '') {
      time = text.slice(timeAt, timeAt + timeLength)
      timeMs = Date.parse(time)
    }
    const at = Math.min(timeMs, acceptedMs)
    if (at >= acceptedMs - rolledUpMs) take(sensorId, at, value)
  }
}

/**
 * The number of a line as nearly all are, from the end of its time on: at a tenth of what parsing costs. With at most 15 digits they are a whole
 * number that a float64 holds, as is the power of ten that it is divided by: so the quotient is the float64 that is nearest. NaN for any other line.
 */
function plainNumber(text: string, timeEnd: number): number {
  if (!text.startsWith(valueHead, timeEnd)) return Number.NaN
  let at = timeEnd + valueHead.length
  const isNegative = text.charCodeAt(at) === minus
  if (isNegative) at += 1
  const begin = at
  let digits = 0
  let pointAt = -1
  for (; ; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= zero && code <= nine) digits = 10 * digits + code - zero
    else if (code === point) pointAt = at
    else if (code === brace || code === comma) break
    else return Number.NaN
  }
  if (at - begin > digitsMax) return Number.NaN
  const value = pointAt === -1 ? digits : digits / (powersOfTen[at - pointAt - 1] as number)
  return isNegative ? -value : value
}

function parsedValue(line: string): number | string {
  const { numericValue, stringValue } = JSON.parse(line) as Line
  return numericValue ?? stringValue ?? ''
}

/** Every line of the log begins so (report.ts); behind the sensor's id comes its time. */
const idPlace = '{"sensorId":"'.length
const timeHead = '","timestamp":"'
const timeLength = '2027-01-31T00:00:00.000Z'.length
const valueHead = '","numericValue":'

const digitsMax = 15
const powersOfTen = Array.from({ length: digitsMax + 1 }, (_, power) => 10 ** power)

const quote = 34
const comma = 44
const minus = 45
const point = 46
const zero = 48
const nine = 57
const brace = 125
