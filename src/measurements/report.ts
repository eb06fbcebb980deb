import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { countLines } from './block.ts'
import { PlainLines, plainHead } from './plain-lines.ts'

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

/** Lines that are parsed in one go: everybody else of this process waits meanwhile. */
const parsedAtOnce = 500

const newline = 10
const wireHead = '{"sensorId":"'

export interface BadLine {
  /** From 1. */
  line: number
  detail: string
}

/** A report has more lines than one may have. */
export class TooManyLines extends Error {}

/** What of a report is stored, in the wire form, and which lines are not. */
export interface ReadReport {
  lines: Buffer
  count: number
  bad: BadLine[]
}

/**
 * Reads a report: lines of JSON in UTF-8, empty ones passed over. `idOf` is the id of the gateway's sensor with a ref, `now` the server's time.
 *
 * What our gateways write ends as the wire's lines do: their bytes are looked at once and copied, and never become texts and objects, which would
 * cost several times as much. Any other form is parsed. Throws TooManyLines, before any is read.
 */
export async function readReport(body: Buffer, idOf: (ref: string) => string | undefined, now: Date): Promise<ReadReport> {
  // Empty ones count: they take time too.
  if (countLines(body) > reportBounds.linesMax) throw new TooManyLines()
  const latest = new Date(now.getTime() + reportBounds.aheadMsMax).toISOString()
  const plain = new PlainLines(body, latest)
  const wire = new WireLines(body.length)
  const bad: BadLine[] = []
  let parsed = 0
  for (let at = 0, line = 1; at < body.length; line += 1) {
    const end = body.indexOf(newline, at)
    const next = end === -1 ? body.length : end + 1
    if (plain.read(at, next)) {
      const ref = body.toString('latin1', at + plainHead.length, plain.refEnd)
      const id = idOf(ref)
      if (id === undefined) bad.push({ line, detail: unknownSensor(ref) })
      else wire.add(id, body, plain.refEnd, plain.end)
    } else {
      parsed += 1
      if (parsed % parsedAtOnce === 0) await setImmediate()
      const text = body.toString('utf8', at, next).trim()
      const read = text === '' ? undefined : readLine(text, latest)
      const id = typeof read === 'object' ? idOf(read.sensorRef) : undefined
      if (typeof read === 'string') bad.push({ line, detail: read })
      else if (read !== undefined && id === undefined) bad.push({ line, detail: unknownSensor(read.sensorRef) })
      else if (read !== undefined) {
        const tail = Buffer.from(read.tail, 'utf8')
        wire.add(id as string, tail, 0, tail.length)
      }
    }
    at = next
  }
  return { lines: wire.bytes, count: wire.count, bad }
}

/** Gathers lines of the wire form. */
class WireLines {
  count = 0
  #bytes: Buffer
  #length = 0

  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafe(size)
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  /** Adds a line: the sensor's id, and what comes behind it, from `from` to `to` of other bytes. */
  add(id: string, source: Buffer, from: number, to: number): void {
    const room = wireHead.length + id.length + (to - from) + 1
    if (this.#length + room > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.bytes], Math.max(2 * this.#bytes.length, this.#length + room))
    }
    this.#length += this.#bytes.write(wireHead + id, this.#length, 'latin1')
    this.#length += source.copy(this.#bytes, this.#length, from, to)
    this.#bytes[this.#length] = newline
    this.#length += 1
    this.count += 1
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
