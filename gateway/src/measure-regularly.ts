import type { Book } from './book.ts'
import type { GatewayConfig } from './config.ts'
import type { Log } from './log.ts'
import { type Measured, usualIntervalMs } from './measure.ts'
import type { MeasurementQueue } from './measurement-queue.ts'
import type { Sender } from './sender.ts'
import { atEachSlot } from './slots.ts'
import type { Source } from './source.ts'

/** Puts the values of the last readings in the queue once an interval, until `stopping`. */
export function measureRegularly(
  config: GatewayConfig,
  book: Book,
  queue: MeasurementQueue,
  sender: Sender,
  log: Log,
  source: Source,
  stopping: AbortSignal,
): Promise<void> {
  const told = new Set<string>()

  function tellUnmeasured(unmeasured: Measured['unmeasured']): void {
    for (const { sensorRef, text } of unmeasured) {
      if (told.has(sensorRef)) continue
      told.add(sensorRef)
      log('warn', 'a sensor shows no number and is left out while it does not', { sensorRef, value: text.slice(0, 200) })
    }
  }

  const slots = () => ({ everyMs: config.measurementMs ?? usualIntervalMs(book.devices()), phase: book.phase })
  return atEachSlot(slots, source.now, stopping, async () => {
    const found = book.measured()
    tellUnmeasured(found.flatMap(({ unmeasured }) => unmeasured))
    const lines = found.flatMap((one) => one.lines)
    if (lines.length === 0) return
    try {
      const dropped = await queue.add(lines)
      if (dropped > 0)
        log('warn', 'the queue of measurements is full; the oldest were dropped', { now: dropped, ...queue.counts })
      sender.wake()
    } catch (error) {
      log('error', 'what was measured could not be kept', {
        measurements: lines.length,
        why: String(error),
        ...queue.counts,
      })
    }
  })
}
