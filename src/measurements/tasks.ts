import { isUtf8 } from 'node:buffer'
import { type EncodedBlock, encodeBlocks } from './block.ts'
import { inflated } from './body.ts'
import { type BadLine, readReport, reportDigest, TooManyLines } from './report.ts'
import { SensorTable, type SharedNames } from './sensor-table.ts'
import { type StoredForm, type StoredFormAsked, type Summed, type SumUpAsked, storedForm, sumUp } from './summing-up.ts'

/** A report's body as it came. `bytesMax`: as much of it there is room for after decompression. */
export interface ReportAsked {
  body: Uint8Array
  isGzip: boolean
  bytesMax: number
  names: SharedNames
  now: Date
}

/** What is in it; or why it is not read. */
export type ReportRead =
  | { lines: Uint8Array; count: number; bad: BadLine[]; digest: Uint8Array }
  | { refused: 'too many lines' | 'not UTF-8' | 'not gzip' | 'too large' }

/** Lines of several reports, in their order, and as many offsets as they may need (block.ts: partsMax). */
export interface BlocksAsked {
  lines: Uint8Array[]
  offsets: string[]
}

/** What can be asked of each task, and what it gives. */
export interface Question {
  readReport: { asks: ReportAsked; gets: ReportRead }
  makeBlocks: { asks: BlocksAsked; gets: EncodedBlock[] }
  sumUp: { asks: SumUpAsked; gets: Summed }
  storedForm: { asks: StoredFormAsked; gets: StoredForm[] }
}

/** A task as it is sent to a thread. */
export interface Asked {
  n: number
  task: keyof Question
  question: Question[keyof Question]['asks']
}

/** An answer, and what of it another thread is given rather than a copy of it. */
interface Done<Answer> {
  answer: Answer
  transfer: ArrayBuffer[]
}

/** Pure functions of what they are given, which other threads can do as well. */
export const tasks: { [Name in keyof Question]: (asked: Question[Name]['asks']) => Done<Question[Name]['gets']> } = {
  readReport(asked) {
    const answer = reportRead(asked)
    return { answer, transfer: 'lines' in answer ? [answer.lines.buffer as ArrayBuffer] : [] }
  },
  makeBlocks({ lines, offsets }) {
    return { answer: encodeBlocks(lines, offsets), transfer: [] }
  },
  sumUp(asked) {
    const answer = sumUp(asked)
    return { answer, transfer: [answer.hourOf.buffer, answer.at.buffer, answer.value.buffer] as ArrayBuffer[] }
  },
  storedForm: (asked) => ({ answer: storedForm(asked), transfer: [] }),
}

function reportRead({ body, isGzip, bytesMax, names, now }: ReportAsked): ReportRead {
  const text = isGzip ? inflated(body, bytesMax) : Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (typeof text === 'string') return { refused: text }
  if (!isUtf8(text)) return { refused: 'not UTF-8' }
  try {
    return { ...readReport(text, new SensorTable(names), now), digest: reportDigest(text) }
  } catch (error) {
    if (error instanceof TooManyLines) return { refused: 'too many lines' }
    throw error
  }
}
