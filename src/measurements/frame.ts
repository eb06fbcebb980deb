import { encode } from './block.ts'
import { crcOfBoth, crcShift } from './crc32.ts'

/** What is written to readers: made once, then the same bytes for all of them. */
export interface Frame {
  /** The bytes as chunks of HTTP's chunked coding (RFC 9112, section 7.1). */
  chunk: Buffer
  /** The same without it, for HTTP/1.0, as some proxies speak it. */
  bytes: Buffer
  lines: number
  rawLength: number
  crc32: number
  /** crcShift of rawLength. */
  shift: number
}

/** Bytes that are made where they are needed. */
interface BytesToCome {
  readonly length: number
  copyTo(target: Buffer, at: number): void
}

type Sent = Pick<Frame, 'lines' | 'rawLength' | 'crc32'> & { block: Uint8Array | BytesToCome }

export const noMemory = Buffer.alloc(0)

/** A block as it is sent, in memory of its own. Its CRC comes as the database has it, signed. */
export function frameOf(block: Sent): Frame {
  return new FrameMemory().add(block)
}

/**
 * Frames one behind the other in one piece of memory: `given`, as far as it is large enough. A look at the log makes nothing else that is large, so
 * where it is given the memory of the one before, it leaves V8's collector nothing to do.
 */
export class FrameMemory {
  #memory: Buffer
  #filled = 0

  constructor(given: Buffer = noMemory) {
    this.#memory = given
  }

  /** What the next frames can be given, where nobody reads these any more. */
  get memory(): Buffer {
    return this.#memory
  }

  add({ lines, rawLength, crc32, block }: Sent): Frame {
    const head = Buffer.from(`${block.length.toString(16)}\r\n`, 'latin1')
    const size = head.length + block.length + chunkEnd.length
    if (this.#filled + size > this.#memory.length) {
      // Frames that were added before stay where they are.
      this.#memory = Buffer.allocUnsafeSlow(Math.max(size, 2 * this.#memory.length))
      this.#filled = 0
    }
    const memory = this.#memory
    const start = this.#filled
    const body = start + head.length
    const end = body + block.length
    memory.set(head, start)
    if ('copyTo' in block) block.copyTo(memory, body)
    else memory.set(block, body)
    memory.set(chunkEnd, end)
    this.#filled = start + size
    return {
      chunk: memory.subarray(start, start + size),
      bytes: memory.subarray(body, end),
      lines,
      rawLength,
      crc32: crc32 >>> 0,
      shift: crcShift(rawLength),
    }
  }
}

/** Frames as one, which costs a reader that gets them all one write and one CRC. */
export function joined(frames: readonly Frame[]): Frame {
  const rawLength = sum(frames, (frame) => frame.rawLength)
  let bytes: Buffer | undefined
  return {
    chunk: sequence(frames.map((frame) => frame.chunk)),
    get bytes() {
      bytes ??= Buffer.concat(frames.map((frame) => frame.bytes))
      return bytes
    },
    lines: sum(frames, (frame) => frame.lines),
    rawLength,
    crc32: frames.reduce((crc, frame) => crcOfBoth(crc, frame.crc32, frame.shift), 0),
    shift: crcShift(rawLength),
  }
}

/** Pieces one behind the other: where they lie so already, without a copy. */
function sequence(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces
  if (first === undefined) return noMemory
  let end = first.byteOffset
  for (const { buffer, byteOffset, length } of pieces) {
    if (buffer !== first.buffer || byteOffset !== end) return Buffer.concat(pieces)
    end += length
  }
  return Buffer.from(first.buffer, first.byteOffset, end - first.byteOffset)
}

const chunkEnd = Buffer.from('\r\n', 'latin1')

function sum<One>(ones: readonly One[], of: (one: One) => number): number {
  return ones.reduce((all, one) => all + of(one), 0)
}

export function asChunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`, 'latin1'), bytes, chunkEnd])
}

/** Text that is sent for itself: what is no measurement. */
export function frameOfText(text: string): Frame {
  return frameOf({ lines: 0, ...encode(Buffer.from(text, 'utf8')) })
}

/** An empty line: the reader sees that there is somebody (contract, section 5). */
export const heartbeat: Frame = frameOfText('\n')

/** The head of a gzip member (RFC 1952, section 2.3): deflate, no name, no time, an unknown system. */
export const memberHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])

/** The end of a gzip member: an empty last block, the CRC-32 and the length (modulo 2^32) of all that was in it. */
export function memberEnd(crc32: number, length: number): Buffer {
  const end = Buffer.from([0x03, 0x00, 0, 0, 0, 0, 0, 0, 0, 0])
  end.writeUInt32LE(crc32, 2)
  end.writeUInt32LE(length % 2 ** 32, 6)
  return end
}
