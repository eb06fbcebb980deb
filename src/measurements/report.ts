import { createHash } from 'node:crypto'

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

export interface BadLine {
  /** From 1. */
  line: number
  detail: string
}

/** A line that is good as far as can be told without the database: whose, and all of its wire form behind the sensor's id. */
export interface ReadLine {
  line: number
  sensorRef: string
  tail: string
}

export interface ReadReport {
  lines: ReadLine[]
  bad: BadLine[]
}

/**
 * The form that gateways of ours write, whose end is that of the wire: it is passed through unread. Numbers have at most 15 digits before the
 * point, so each is finite. The day of the date is looked at apart.
 */
const plain =
  /\{"sensorRef":"([^"\\\p{Cc}]{1,200})(","timestamp":"((\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z)","numericValue":-?(?:0|[1-9]\d{0,14})(?:\.\d{1,17})?\})\r?(?:\n|$)/uy

/** Reads a report: lines of JSON, empty ones passed over. `now` is the server's time. */
export function readReport(text: string, now: Date): ReadReport {
  const latest = new Date(now.getTime() + reportBounds.aheadMsMax).toISOString()
  const days = new Map<string, boolean>()
  const report: ReadReport = { lines: [], bad: [] }
  let line = 0
  for (let at = 0; at < text.length; ) {
    line += 1
    plain.lastIndex = at
    const found = plain.exec(text)
    if (found !== null) {
      const [, sensorRef = '', tail = '', time = '', day = ''] = found
      if (isDay(days, day) && day >= '1970' && time <= latest && sensorRef.isWellFormed()) {
        report.lines.push({ line, sensorRef, tail })
        at = plain.lastIndex
        continue
      }
    }
    const end = text.indexOf('\n', at)
    const whole = text.slice(at, end === -1 ? text.length : end).trim()
    at = end === -1 ? text.length : end + 1
    if (whole === '') continue
    const read = readLine(whole, latest)
    if (typeof read === 'string') report.bad.push({ line, detail: read })
    else report.lines.push({ line, ...read })
  }
  return report
}

/** SHA-256 of a body after decompression. */
export function reportDigest(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest()
}

function isDay(known: Map<string, boolean>, day: string): boolean {
  let is = known.get(day)
  if (is === undefined) {
    const time = new Date(`${day}T00:00:00.000Z`)
    is = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day)
    known.set(day, is)
  }
  return is
}

const properties = ['sensorRef', 'timestamp', 'numericValue', 'stringValue']
/** RFC 3339, with Z or an offset. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i

/** A line in any other form. A text says what is wrong with it. */
function readLine(text: string, latest: string): Omit<ReadLine, 'line'> | string {
  if (text.length > reportBounds.lineLengthMax)
    return `has more than ${reportBounds.lineLengthMax} characters, which no measurement has`
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return 'is not JSON: send one object a line'
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return 'is not an object'
  const strange = Object.keys(given).find((name) => !properties.includes(name))
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
