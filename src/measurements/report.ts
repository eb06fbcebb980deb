import { createHash } from 'node:crypto'
import { PlainLines, refPlace } from './plain-lines.ts'
import type { SensorTable } from './sensor-table.ts'

/** The bounds of one report of measurements. */
export const reportBounds = {
  /** Of the body, after decompression. */
  bodyBytesMax: 4 * 1024 * 1024,
  linesMax: 50_000,
  /** Characters of a line: what has more is not parsed. */
  lineLengthMax: 4_000,
  refLengthMax: 200,
  textLengthMax: 200,
  /** How many bad lines an answer names. */
  errorsMax: 100,
  /** How far ahead of the server's clock a gateway's may be. */
  aheadMsMax: 60 * 60 * 1000,
} as const

const newline = 10

export interface BadLine {
  /** From 1. */
  line: number
  detail: string
}

/** A report has more lines than one may have. */
export class TooManyLines extends Error {}

/** What of a report is stored, in the wire form, and which lines are not. */
export interface ReadReport {
  lines: Uint8Array
  count: number
  bad: BadLine[]
}

/**
 * Reads a report: lines of JSON in UTF-8, empty ones passed over. `sensors` are the gateway's, `now` is the server's time.
 *
 * What our gateways write ends as the wire's lines do: their bytes are looked at once and copied, and never become texts and objects, which would
 * cost several times as much. Any other form is parsed. Throws TooManyLines, where there are more than one report may have, empty ones among them.
 */
export function readReport(body: Buffer, sensors: SensorTable, now: Date): ReadReport {
  const latest = new Date(now.getTime() + reportBounds.aheadMsMax).toISOString()
  const plain = new PlainLines(body, latest)
  const wire = new WireLines(body.length)
  const bad: BadLine[] = []
  const { length } = body
  for (let at = 0, line = 1; at < length; line += 1) {
    // Empty ones count: they take time too.
    if (line > reportBounds.linesMax) throw new TooManyLines()
    if (plain.read(at)) {
      if (!addPlain(wire, body, plain, at, sensors)) {
        bad.push({ line, detail: unknownSensor(body.toString('latin1', at + refPlace, plain.refEnd)) })
      }
      at = plain.next
    } else {
      const end = body.indexOf(newline, at)
      const next = end === -1 ? length : end + 1
      const text = body.toString('utf8', at, next).trim()
      const detail = text === '' ? null : parsedInto(wire, text, sensors, latest)
      if (detail !== null) bad.push({ line, detail })
      at = next
    }
  }
  return { lines: wire.bytes, count: wire.count, bad }
}

/** Adds the plain line from `at` on. False: its sensor is not known. */
function addPlain(wire: WireLines, body: Buffer, plain: PlainLines, at: number, sensors: SensorTable): boolean {
  const sensor = sensors.find(body, at + refPlace, plain.refEnd)
  if (sensor !== -1) wire.add(sensors, sensor, body, plain.refEnd, plain.end)
  return sensor !== -1
}

/** Adds a line in any form. What is wrong with it; null where nothing is. */
function parsedInto(wire: WireLines, text: string, sensors: SensorTable, latest: string): string | null {
  const read = readLine(text, latest)
  if (typeof read === 'string') return read
  const ref = Buffer.from(read.sensorRef, 'utf8')
  const sensor = sensors.find(ref, 0, ref.length)
  if (sensor === -1) return unknownSensor(read.sensorRef)
  const tail = Buffer.from(read.tail, 'utf8')
  wire.add(sensors, sensor, tail, 0, tail.length)
  return null
}

/** Gathers lines of the wire form. */
class WireLines {
  count = 0
  #bytes: Buffer
  #size: number
  #length = 0

  /** In memory of its own, so that it can be handed over to another thread. */
  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafeSlow(size)
    this.#size = size
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  /** Adds a line: of the sensor, and with what comes behind its id, from `from` to `to` of other bytes. */
  add(sensors: SensorTable, sensor: number, source: Buffer, from: number, to: number): void {
    const room = sensors.headLength(sensor) + (to - from) + 1
    if (this.#length + room > this.#size) this.#grow(room)
    let at = sensors.copyHead(sensor, this.#bytes, this.#length)
    at += source.copy(this.#bytes, at, from, to)
    this.#bytes[at] = newline
    this.#length = at + 1
    this.count += 1
  }

  #grow(room: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.#size, this.#length + room))
    this.#bytes.copy(grown, 0, 0, this.#length)
    this.#bytes = grown
    this.#size = grown.length
  }
}

function unknownSensor(ref: string): string {
  const shown = ref.length > 60 ? `${ref.slice(0, 60).toWellFormed()}…` : ref
  return `there is no sensor "${shown}": report it in a batch first`
}

/** SHA-256 of a body after decompression. */
export function reportDigest(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest()
}

const properties = ['sensorRef', 'timestamp', 'numericValue', 'stringValue']
/** RFC 3339, with Z or an offset. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i

/** A line in any form: whose, and its wire form behind the sensor's id. A text says what is wrong with it. */
function readLine(text: string, latest: string): { sensorRef: string; tail: string } | string {
  if (text.length > reportBounds.lineLengthMax)
    return `has more than ${reportBounds.lineLengthMax} characters, which no measurement has`
  // A failing parse costs a hundred times as much as this look.
  if (!text.startsWith('{') || !text.endsWith('}')) return 'is not a JSON object: send one a line'
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return 'is not JSON: send one object a line'
  }
  const strange = Object.keys(given as object).find((name) => !properties.includes(name))
  if (strange !== undefined) return `"${strange.slice(0, 40).toWellFormed()}" is not known here: correct its name or leave it out`
  const { sensorRef, timestamp, numericValue, stringValue } = given as Record<string, unknown>
  if (!isText(sensorRef, reportBounds.refLengthMax))
    return `sensorRef must be a text of 1 to ${reportBounds.refLengthMax} characters`
  const time = timeOf(timestamp)
  if (time === null) return 'timestamp is not a time such as 2027-01-31T00:00:00.000Z'
  if (time > latest) return 'timestamp lies in the future: check the clock of the gateway'
  if (time < '1970') return 'timestamp lies before the year 1970: check the clock of the gateway'
  const value = valueIn(numericValue, stringValue)
  if (value === null) {
    return `give either numericValue, a number, or stringValue, a text of 1 to ${reportBounds.textLengthMax} characters`
  }
  return { sensorRef, tail: `","timestamp":"${time}",${value}}` }
}

function valueIn(numericValue: unknown, stringValue: unknown): string | null {
  if (numericValue === undefined) {
    return isText(stringValue, reportBounds.textLengthMax) ? `"stringValue":${JSON.stringify(stringValue)}` : null
  }
  const isNumber = typeof numericValue === 'number' && Number.isFinite(numericValue) && stringValue === undefined
  return isNumber ? `"numericValue":${JSON.stringify(numericValue)}` : null
}

function isText(value: unknown, lengthMax: number): value is string {
  return (
    typeof value === 'string' && value.length > 0 && value.length <= lengthMax && !value.includes('\0') && value.isWellFormed()
  )
}

/** A time in the form of the contract: UTC, in milliseconds. */
function timeOf(timestamp: unknown): string | null {
  if (typeof timestamp !== 'string' || timestamp.length > 40 || !instant.test(timestamp)) return null
  const [year, month, day] = timestamp.slice(0, 10).split('-').map(Number) as [number, number, number]
  const time = new Date(timestamp.toUpperCase())
  if (Number.isNaN(time.getTime()) || new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return null
  const text = time.toISOString()
  return text.length === 24 ? text : null
}
