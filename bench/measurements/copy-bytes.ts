import { Values } from './values.ts'

const since2000 = 946_684_800_000
/** How COPY in binary begins: its signature, no flags, no extension. */
const head = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex')
/** Of a row's end: its time of 8 bytes stands before the length and the 8 bytes of its value. */
const timeFromEnd = 20

/** Rows of sensor, time and value as COPY takes them in binary. They are made once; `at` gives them their time, so that times rise. */
export class CopyBytes {
  readonly #bytes: Buffer
  readonly #times: number[] = []

  /** `count` rows of the sensors from `first` on, in turn. */
  constructor(sensors: readonly string[], first: number, count: number) {
    const rows = [...new Values(sensors).next(0)].map(({ sensor, value }) => row(sensors[sensor] as string, value))
    const chosen = Array.from({ length: count }, (_, place) => rows[(first + place) % rows.length] as Buffer)
    let end = head.length
    for (const { length } of chosen) {
      end += length
      this.#times.push(end - timeFromEnd)
    }
    this.#bytes = Buffer.concat([head, ...chosen, Buffer.from([255, 255])])
  }

  /** `ms` since 1970. The same bytes each time, changed. */
  at(ms: number): Buffer {
    const time = BigInt(ms - since2000) * 1000n
    for (const place of this.#times) this.#bytes.writeBigInt64BE(time, place)
    return this.#bytes
  }
}

function row(sensor: string, value: number): Buffer {
  const number = Buffer.alloc(8)
  number.writeDoubleBE(value)
  return Buffer.concat([Buffer.from([0, 3]), field(Buffer.from(sensor)), field(Buffer.alloc(8)), field(number)])
}

function field(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes])
}
