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

type Sent = Pick<Frame, 'lines' | 'rawLength' | 'crc32'> & { block: Uint8Array }

/** A block as it is sent. Its CRC comes as the database has it, signed. */
export function frameOf(block: Sent): Frame {
  return joinedFrames([block]).all
}

/**
 * Blocks that go out together: each as it is sent, and as one, which costs a reader that gets them all one write and one CRC. They share their
 * bytes, since what is not allocated need not be collected: a look at the log makes nothing else that is large.
 */
export function joinedFrames(blocks: readonly Sent[]): { all: Frame; frames: Frame[] } {
  const heads = blocks.map(({ block }) => Buffer.from(`${block.length.toString(16)}\r\n`, 'latin1'))
  const chunk = Buffer.allocUnsafeSlow(
    sum(blocks, ({ block }) => block.length + chunkEnd.length) + sum(heads, (head) => head.length),
  )
  let at = 0
  const frames = blocks.map(({ lines, rawLength, crc32, block }, nth): Frame => {
    const head = heads[nth] as Buffer
    const start = at
    chunk.set(head, start)
    chunk.set(block, start + head.length)
    chunk.set(chunkEnd, start + head.length + block.length)
    at = start + head.length + block.length + chunkEnd.length
    return {
      chunk: chunk.subarray(start, at),
      bytes: chunk.subarray(start + head.length, at - chunkEnd.length),
      lines,
      rawLength,
      crc32: crc32 >>> 0,
      shift: crcShift(rawLength),
    }
  })
  const rawLength = sum(frames, (frame) => frame.rawLength)
  let bytes: Buffer | undefined
  const all: Frame = {
    chunk,
    get bytes() {
      bytes ??= Buffer.concat(frames.map((frame) => frame.bytes))
      return bytes
    },
    lines: sum(frames, (frame) => frame.lines),
    rawLength,
    crc32: frames.reduce((crc, frame) => crcOfBoth(crc, frame.crc32, frame.shift), 0),
    shift: crcShift(rawLength),
  }
  return { all, frames }
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
