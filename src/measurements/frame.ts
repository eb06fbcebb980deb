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

/** A block as it is sent. Its CRC comes as the database has it, signed. */
export function frameOf(block: Sent): Frame {
  return joinedFrames([block]).all
}

/**
 * Blocks that go out together: each as it is sent, and as one, which costs a reader that gets them all one write and one CRC. They share their
 * bytes: `memory`, which is the one given, where that is large enough. So a look at the log allocates nothing that is large, and what is not
 * allocated need not be collected.
 */
export function joinedFrames(blocks: readonly Sent[], given?: Buffer): { all: Frame; frames: Frame[]; memory: Buffer } {
  const heads = blocks.map(({ block }) => Buffer.from(`${block.length.toString(16)}\r\n`, 'latin1'))
  const size = sum(blocks, ({ block }) => block.length + chunkEnd.length) + sum(heads, (head) => head.length)
  const memory = given && given.length >= size ? given : Buffer.allocUnsafeSlow(size)
  let at = 0
  const frames = blocks.map(({ lines, rawLength, crc32, block }, nth): Frame => {
    const head = heads[nth] as Buffer
    const start = at
    const body = start + head.length
    const end = body + block.length
    memory.set(head, start)
    if ('copyTo' in block) block.copyTo(memory, body)
    else memory.set(block, body)
    memory.set(chunkEnd, end)
    at = end + chunkEnd.length
    return {
      chunk: memory.subarray(start, at),
      bytes: memory.subarray(body, end),
      lines,
      rawLength,
      crc32: crc32 >>> 0,
      shift: crcShift(rawLength),
    }
  })
  const rawLength = sum(frames, (frame) => frame.rawLength)
  let bytes: Buffer | undefined
  const all: Frame = {
    chunk: memory.subarray(0, size),
    get bytes() {
      bytes ??= Buffer.concat(frames.map((frame) => frame.bytes))
      return bytes
    },
    lines: sum(frames, (frame) => frame.lines),
    rawLength,
    crc32: frames.reduce((crc, frame) => crcOfBoth(crc, frame.crc32, frame.shift), 0),
    shift: crcShift(rawLength),
  }
  return { all, frames, memory }
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
