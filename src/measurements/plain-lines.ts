const head = '{"sensorRef":"'
const timeHead = '","timestamp":"'
const timeLength = '2027-01-31T00:00:00.000Z'.length
const dayLength = '2027-01-31'.length

/** Where the ref of a line begins that is read without being parsed. */
export const refPlace = head.length

/**
 * The one form that gateways of ours write, with a ref of plain ASCII and a number without an exponent, of so few digits that it is finite:
 * `{"sensorRef":"…","timestamp":"2027-01-31T00:00:00.000Z","numericValue":-12.5}`. As an expression it is compiled to a third of what the same looks
 * cost byte by byte.
 */
const form = new RegExp(
  `\\${head}[ !#-[\\]-~]{1,200}${timeHead}\\d{4}-\\d\\d-\\d\\dT(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z` +
    '","numericValue":-?(?:0|[1-9]\\d{0,14})(?:\\.\\d{1,17})?}(?:\\r?\\n|\\r?$)',
  'y',
)

const carriageReturn = 13
const newline = 10

/** Finds the lines of a report that have this form. */
export class PlainLines {
  /** Of the line that was read last: where its ref ended, the line without its end, and where the next one begins. */
  refEnd = 0
  end = 0
  next = 0
  readonly #bytes: Uint8Array
  /** A character a byte. */
  readonly #text: string
  readonly #latest: Uint8Array
  /** Where the last good time stands: sensors that are read together share theirs, and nearly all of a report its day. */
  #timeAt = -1
  readonly #days = new Map<string, boolean>()

  /** Times after `latest` are not good; it has the form of the wire. */
  constructor(source: Buffer, latest: string) {
    this.#bytes = source
    this.#text = source.toString('latin1')
    this.#latest = Buffer.from(latest, 'latin1')
  }

  /** Whether the line from `at` on is good and of this form. */
  read(at: number): boolean {
    form.lastIndex = at
    if (!form.test(this.#text)) return false
    this.refEnd = this.#text.indexOf('"', at + refPlace)
    if (!this.#isTime(this.refEnd + timeHead.length)) return false
    this.next = form.lastIndex
    this.end = this.next
    while (this.#bytes[this.end - 1] === newline || this.#bytes[this.end - 1] === carriageReturn) this.end -= 1
    return true
  }

  #isTime(at: number): boolean {
    const [bytes, last] = [this.#bytes, this.#timeAt]
    let same = 0
    if (last !== -1) while (same < timeLength && bytes[at + same] === bytes[last + same]) same += 1
    if (same === timeLength) return true
    if (!this.#isByThen(at) || (same < dayLength && !this.#isDay(this.#text.slice(at, at + dayLength)))) return false
    this.#timeAt = at
    return true
  }

  /** Whether a time is not after the latest one. */
  #isByThen(at: number): boolean {
    const [bytes, latest] = [this.#bytes, this.#latest]
    for (let nth = 0; nth < timeLength; nth += 1) {
      const ahead = (bytes[at + nth] as number) - (latest[nth] as number)
      if (ahead !== 0) return ahead < 0
    }
    return true
  }

  #isDay(day: string): boolean {
    if (day < '1970') return false
    let is = this.#days.get(day)
    if (is === undefined) {
      const time = new Date(`${day}T00:00:00.000Z`)
      is = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day)
      this.#days.set(day, is)
    }
    return is
  }
}
