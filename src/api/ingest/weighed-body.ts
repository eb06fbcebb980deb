import { Transform, type TransformCallback } from 'node:stream'
import { batchBounds } from '../../domain/batch.ts'
import { problem } from '../../http/problem.ts'

/** Of a good batch: itself, its two parts, their seven lists with what is one too many in each, for the checks to name. */
const containersMax = 10 + 7 * (batchBounds.recordsMax + 1)
/** Of a good batch: what is removed, and all properties of alarms (7), locations (5), devices (15) and sensors (5). */
const valuesMax = 100 + (2 + 7 + 5 + 15 + 5) * (batchBounds.recordsMax + 1)
/** Far more than a record has: the checks name those that are not known. */
const propertiesMax = 100
/** Far deeper than a good batch: the checks name what should not be a list or an object. */
const depthMax = 16

const tooMuch = `The body holds more than a batch may: at most ${batchBounds.recordsMax} records of a kind. Send several batches, not full.`

/** There is no room for a body now. */
export function noRoom() {
  return problem('unavailable', { headers: { 'retry-after': '2' } })
}

const quote = 0x22
const comma = 0x2c
const openList = 0x5b
const backslash = 0x5c
const closeList = 0x5d
const openObject = 0x7b
const closeObject = 0x7d

/**
 * A request's body on its way to the parser. 16 MiB of `{},` would become hundreds of MiB of objects, so a body that holds more values
 * than any good batch is refused while it still comes, and nothing of it is parsed (I9). `grow` takes room for so many bytes more from
 * what the bodies of this process share, or says that there is none.
 */
export class WeighedBody extends Transform {
  /** What fastify compares with Content-Length: bytes before decompression. */
  receivedEncodedLength = 0
  readonly #grow: (bytes: number) => boolean
  readonly #isOne: boolean
  #containers = 0
  #values = 0
  #inText = false
  #escaped = false
  /** Of each container that is open: the values that it may still have. */
  readonly #left: number[] = []

  /** `isOne`: one document of JSON, rather than lines of it, of which each is short and parsed by itself. */
  constructor(grow: (bytes: number) => boolean, isOne: boolean) {
    super()
    this.#grow = grow
    this.#isOne = isOne
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    if (!this.#grow(chunk.length)) done(noRoom())
    else if (this.#isOne && !this.#holds(chunk)) done(problem('request-too-large', { detail: tooMuch }))
    else done(null, chunk)
  }

  /** Whether what has come may be of a good batch. JSON's marks are single bytes in UTF-8, and part of no other character. */
  #holds(chunk: Buffer): boolean {
    for (let place = 0; place < chunk.length; place += 1) {
      const byte = chunk[place]
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false
        else if (byte === backslash) this.#escaped = true
        else if (byte === quote) this.#inText = false
      } else if (byte === quote) this.#inText = true
      else if (byte === comma) {
        if (!this.#next()) return false
      } else if (byte === openList || byte === openObject) {
        if (!this.#open(byte === openObject ? propertiesMax : valuesMax)) return false
      } else if (byte === closeList || byte === closeObject) this.#left.pop()
    }
    return true
  }

  #next(): boolean {
    const inner = this.#left.length - 1
    const left = (this.#left[inner] ?? valuesMax) - 1
    if (inner >= 0) this.#left[inner] = left
    this.#values += 1
    return left > 0 && this.#values <= valuesMax
  }

  #open(valuesOfIt: number): boolean {
    this.#containers += 1
    this.#left.push(valuesOfIt)
    return this.#containers <= containersMax && this.#left.length <= depthMax
  }
}
