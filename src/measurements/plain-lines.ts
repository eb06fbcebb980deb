/** How a line begins that is read without being parsed: behind it comes the sensor's ref. */
export const plainHead = '{"sensorRef":"'
const timeHead = '","timestamp":"'
const valueHead = '","numericValue":'
const timeLength = '2027-01-31T00:00:00.000Z'.length
/** Digits before the point: so each number is finite. */
const digitsMax = 15
const decimalsMax = 17
const refLengthMax = 200

const zero = 48
const nine = 57
const quote = 34
const backslash = 92
const minus = 45
const point = 46
const brace = 125
const carriageReturn = 13
const newline = 10

/**
 * Finds the lines of a report that have the one form that gateways of ours write, with a ref of plain ASCII:
 * `{"sensorRef":"…","timestamp":"2027-01-31T00:00:00.000Z","numericValue":-12.5}`
 */
export class PlainLines {
  /** Of the line that was read last: where its ref ended, and the line without its end. */
  refEnd = 0
  end = 0
  readonly #bytes: Uint8Array
  readonly #source: Buffer
  readonly #latest: string
  /** Where the last good time stands: sensors that are read together share theirs. */
  #timeAt = -1
  readonly #days = new Map<string, boolean>()

  /** Times after `latest` are not good; it has the form of the wire. */
  constructor(source: Buffer, latest: string) {
    this.#bytes = source
    this.#source = source
    this.#latest = latest
  }

  /** Whether the line from `at` to `next`, its end included, is good and of this form. */
  read(at: number, next: number): boolean {
    if (!this.#has(plainHead, at)) return false
    const refAt = at + plainHead.length
    const refEnd = this.#refEnd(refAt)
    if (refEnd === refAt || refEnd - refAt > refLengthMax || !this.#has(timeHead, refEnd)) return false
    const timeAt = refEnd + timeHead.length
    const valueAt = timeAt + timeLength
    if (!this.#has(valueHead, valueAt) || !this.#isTime(timeAt)) return false
    const end = this.#numberEnd(valueAt + valueHead.length)
    if (end === -1 || this.#bytes[end] !== brace) return false
    this.refEnd = refEnd
    this.end = end + 1
    const behind = this.#bytes[end + 1] === carriageReturn ? end + 2 : end + 1
    return behind === next || (this.#bytes[behind] === newline && behind + 1 === next)
  }

  #has(text: string, at: number): boolean {
    for (let nth = 0; nth < text.length; nth += 1) if (this.#bytes[at + nth] !== text.charCodeAt(nth)) return false
    return true
  }

  /** Where printable ASCII without quotes and backslashes ends. */
  #refEnd(at: number): number {
    let end = at
    for (let byte = this.#bytes[end] ?? 0; byte >= 32 && byte < 127 && byte !== quote && byte !== backslash; ) {
      end += 1
      byte = this.#bytes[end] ?? 0
    }
    return end
  }

  #isTime(at: number): boolean {
    if (this.#timeAt !== -1 && this.#isSame(at, this.#timeAt)) return true
    const time = this.#source.toString('latin1', at, at + timeLength)
    if (!form.test(time) || time > this.#latest || time < '1970' || !this.#isDay(time.slice(0, 10))) return false
    this.#timeAt = at
    return true
  }

  #isSame(one: number, other: number): boolean {
    // Their ends differ first.
    for (let nth = timeLength - 1; nth >= 0; nth -= 1) if (this.#bytes[one + nth] !== this.#bytes[other + nth]) return false
    return true
  }

  #isDay(day: string): boolean {
    let is = this.#days.get(day)
    if (is === undefined) {
      const time = new Date(`${day}T00:00:00.000Z`)
      is = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day)
      this.#days.set(day, is)
    }
    return is
  }

  /** Where a number of JSON without an exponent ends; -1 where there is none. */
  #numberEnd(at: number): number {
    const digitsAt = this.#bytes[at] === minus ? at + 1 : at
    const digitsEnd = this.#digitsEnd(digitsAt)
    const digits = digitsEnd - digitsAt
    if (digits === 0 || digits > digitsMax || (digits > 1 && this.#bytes[digitsAt] === zero)) return -1
    if (this.#bytes[digitsEnd] !== point) return digitsEnd
    const decimalsEnd = this.#digitsEnd(digitsEnd + 1)
    const decimals = decimalsEnd - digitsEnd - 1
    return decimals === 0 || decimals > decimalsMax ? -1 : decimalsEnd
  }

  #digitsEnd(at: number): number {
    let end = at
    for (let byte = this.#bytes[end] ?? 0; byte >= zero && byte <= nine; byte = this.#bytes[end] ?? 0) end += 1
    return end
  }
}

const form = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
