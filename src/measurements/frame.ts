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

/** A block as it is sent. Its CRC comes as the database has it, signed. */
export function frameOf(block: { lines: number; rawLength: number; crc32: number; block: Uint8Array }): Frame {
  const chunk = asChunk(block.block)
  return {
    chunk,
    bytes: chunk.subarray(chunk.indexOf('\n') + 1, chunk.length - 2),
    lines: block.lines,
    rawLength: block.rawLength,
    crc32: block.crc32 >>> 0,
    shift: crcShift(block.rawLength),
  }
}

/** Frames that go out together, as one: a reader that gets them all costs one write and one CRC. */
export function joinedFrames(frames: readonly Frame[]): Frame {
  const [only] = frames
  if (only !== undefined && frames.length === 1) return only
  const rawLength = sum(frames, (frame) => frame.rawLength)
  let bytes: Buffer | undefined
  return {
    chunk: Buffer.concat(frames.map((frame) => frame.chunk)),
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

function sum(frames: readonly Frame[], of: (frame: Frame) => number): number {
  return frames.reduce((all, frame) => all + of(frame), 0)
}

export function asChunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`, 'latin1'), bytes, Buffer.from('\r\n', 'latin1')])
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
