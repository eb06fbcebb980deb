import { constants, inflateRawSync } from 'node:zlib'

/** A measurement as it counts in charts: `at` in ms since 1970. */
export interface Measured {
  sensorId: string
  at: number
  value: number | string
}

/** Charts and roll-ups reach back so far. */
export const rolledUpDays = 90
const rolledUpMs = rolledUpDays * 24 * 60 * 60 * 1000

interface Line {
  sensorId: string
  timestamp: string
  numericValue?: number
  stringValue?: string
}

/**
 * The measurements of a block, in its order, without those from more than 90 days before it was accepted. One from a gateway whose clock is ahead
 * counts as measured when it was accepted: so nothing counts as measured after that. `only` leaves out the other sensors.
 */
export function* measurementsIn(
  block: { acceptedAt: number; block: Uint8Array },
  only?: ReadonlySet<string>,
): Generator<Measured> {
  const acceptedMs = Math.floor(block.acceptedAt * 1000)
  const text = inflateRawSync(block.block, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8')
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    const line = text.slice(from, end)
    from = end + 1
    if (only !== undefined && !only.has(line.slice(idAt, line.indexOf('"', idAt)))) continue
    const { sensorId, timestamp, numericValue, stringValue } = JSON.parse(line) as Line
    const at = Math.min(Date.parse(timestamp), acceptedMs)
    const value = numericValue ?? stringValue
    if (value !== undefined && at >= acceptedMs - rolledUpMs) yield { sensorId, at, value }
  }
}

/** Every line of the log begins so (accept-report.ts). */
const idAt = '{"sensorId":"'.length
