import { constants, deflateRawSync } from 'node:zlib'
import type { ReplayOffset } from '../domain/replay-offset.ts'
import { crc32 } from './crc32.ts'

/** Bytes of lines in one block. More would make a reader wait, fewer would cost each reader and the table more. */
export const blockBytesMax = 64 * 1024

/** A block as it is stored: a full-flushed piece of raw deflate, and what responses put their checksums together from. */
export interface EncodedBlock {
  lines: number
  rawLength: number
  crc32: number
  block: Buffer
}

const newline = 10
const compression = { level: 1, finishFlush: constants.Z_FULL_FLUSH }

/**
 * Lines, each ended by a newline, as a block. The last one gets the offset: up to and with this line (contract, section 5). Deflate after a
 * full flush begins on a byte, and refers to nothing before it: so the bytes stand in anybody's response, behind whatever was sent before.
 */
export function encodeBlock(lines: Buffer, count: number, offset: ReplayOffset): EncodedBlock {
  return { lines: count, ...encode(withOffset(lines, offset)) }
}

/** How many blocks so many bytes of lines may fill, at most: two that follow each other hold more than one could. */
export function blocksMax(bytes: number): number {
  return 2 * Math.ceil(bytes / blockBytesMax) + 1
}

/** The blocks of lines, in their order, with the first of the offsets in turn. */
export function encodeBlocks(lines: readonly Uint8Array[], offsets: readonly string[]): EncodedBlock[] {
  return [...partsOf(Buffer.concat(lines))].map((part, nth) => encodeBlock(part, countLines(part), offsets[nth] as ReplayOffset))
}

function withOffset(lines: Buffer, offset: ReplayOffset): Buffer {
  return Buffer.concat([lines.subarray(0, lines.length - 2), Buffer.from(`,"offset":"${offset}"}\n`, 'latin1')])
}

/** Any text as a block. */
export function encode(raw: Buffer): Omit<EncodedBlock, 'lines'> {
  return {
    rawLength: raw.length,
    crc32: crc32(raw),
    block: deflateRawSync(raw, compression),
  }
}

/** Cuts lines into parts of at most `bytesMax`, at newlines; a longer line is a part of its own. */
export function* partsOf(lines: Buffer, bytesMax = blockBytesMax): Generator<Buffer> {
  for (let from = 0; from < lines.length; ) {
    let end = from + bytesMax
    if (end >= lines.length) end = lines.length
    else {
      end = lines.lastIndexOf(newline, end - 1) + 1
      if (end <= from) end = lines.indexOf(newline, from) + 1
    }
    yield lines.subarray(from, end)
    from = end
  }
}

export function countLines(lines: Buffer): number {
  let count = 0
  for (let at = lines.indexOf(newline); at !== -1; at = lines.indexOf(newline, at + 1)) count += 1
  return count
}
