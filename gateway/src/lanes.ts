import type { GatewayConfig } from './config.ts'
import type { MeasurementQueue } from './measurement-queue.ts'
import type { Queue } from './queue.ts'
import { type Outcome, sendBatch, sendMeasurements } from './send.ts'

/** One batch that waits in a queue, and what may become of it. */
export interface Parcel {
  /** What the log calls it. */
  batch: number | string
  send(signal: AbortSignal): Promise<Outcome>
  /** The server has it. */
  remove(): Promise<void>
  /** The server will never take it. */
  setAside(why: string): Promise<void>
}

/** A queue as the sender sees it. */
export interface Lane {
  /** What the log calls that which is in it. */
  what: string
  counts: Readonly<Record<string, number>>
  /** The pause after each batch, in milliseconds. */
  paceMs: number
  /** The oldest batch; null where nothing waits. */
  next(): Promise<Parcel | null>
}

/** After an outage a queue of measurements may be long: this leaves the server, and the line, to others in between. */
const measurementPaceMs = 1000

/**
 * The lanes of a gateway: inventory, sensors and alarms first, measurements while nothing of the former waits. So an alarm waits for one
 * request at most, not for hours of measurements; and since a sensor is in the first queue before it is measured, the server knows it
 * before its first measurement comes. The price: measurements that waited through an outage are refused where their sensor was taken
 * away in the meantime. One queue for all would keep them, and every alarm behind them.
 */
export function lanesOf({ url, token }: GatewayConfig, queue: Queue, measurements: MeasurementQueue): Lane[] {
  const to = (waitingBytes: number) => ({ url, token, waitingBytes })
  return [
    {
      what: 'batch',
      counts: queue.counts,
      paceMs: 0,
      async next() {
        const entry = await queue.first()
        if (entry === null) return null
        const { sequence, text } = entry
        return {
          batch: sequence,
          send: (signal) => sendBatch(to(queue.waitingBytes(sequence) + measurements.waitingBytes()), text, signal),
          remove: () => queue.remove(sequence),
          setAside: (why) => queue.setAside(sequence, why),
        }
      },
    },
    {
      what: 'measurements',
      counts: measurements.counts,
      paceMs: measurementPaceMs,
      async next() {
        const batch = await measurements.first()
        if (batch === null) return null
        return {
          batch: batch.id,
          send: (signal) => sendMeasurements(to(queue.waitingBytes() + measurements.waitingBytes(batch.id)), batch, signal),
          remove: () => measurements.remove(batch.id),
          setAside: (why) => measurements.setAside(batch.id, why),
        }
      },
    },
  ]
}
