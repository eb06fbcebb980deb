import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** Why a stream was ended. */
export type EndReason = 'withdrawn' | 'slow' | 'closed' | 'shutdown' | 'unavailable' | 'completed' | 'rate limit'

/** What is counted of the measurement log and its readers. */
export interface MeasurementMetrics {
  appended(lines: number): void
  delivered(lines: number, readers: number): void
  replayed(lines: number): void
  /** Seconds from a block's acceptance to the sockets of its readers. */
  delay(seconds: number): void
  ended(reason: EndReason): void
}

/** What is asked when the metrics are read. */
export interface MeasurementState {
  readers(): number
  /** Bytes of reports that wait to be stored. */
  backlogBytes(): number
  /** Bytes that wait in this process for the reader that has left most. */
  unsentBytes(): number
}

/** Registers the metrics of measurements. */
export function measurementMetrics(registry: Registry, now: MeasurementState): MeasurementMetrics {
  const registers = [registry]
  const counter = (name: string, help: string) => new Counter({ name: `assent_measurement_${name}_total`, help, registers })
  const blocks = {
    appended: counter('blocks_appended', 'Blocks stored.'),
    delivered: counter('blocks_delivered', 'Blocks handed to live readers, one for each reader.'),
    replayed: counter('blocks_replayed', 'Blocks sent by replays.'),
  }
  const lines = {
    appended: counter('lines_appended', 'Measurements stored.'),
    delivered: counter('lines_delivered', 'Measurements handed to live readers, one for each reader.'),
    replayed: counter('lines_replayed', 'Measurements sent by replays.'),
  }
  const ended = new Counter({
    name: 'assent_measurement_streams_ended_total',
    help: 'Streams that ended, by reason.',
    labelNames: ['reason'],
    registers,
  })
  const delay = new Histogram({
    name: 'assent_measurement_delay_seconds',
    help: "From a block's acceptance to its readers' sockets.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5, 10],
    registers,
  })
  gauge('readers', 'Streams that are open.', now.readers)
  gauge('backlog_bytes', 'Bytes of reports that wait to be stored.', now.backlogBytes)
  gauge('unsent_bytes', 'Bytes that wait for the stream that has left most.', now.unsentBytes)

  function gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name: `assent_measurement_${name}`,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  }

  return {
    appended(count) {
      blocks.appended.inc()
      lines.appended.inc(count)
    },
    delivered(count, readers) {
      blocks.delivered.inc(readers)
      lines.delivered.inc(count * readers)
    },
    replayed(count) {
      blocks.replayed.inc()
      lines.replayed.inc(count)
    },
    delay: (seconds) => delay.observe(Math.max(0, seconds)),
    ended: (reason) => ended.inc({ reason }),
  }
}

/** Registers how far the roll-ups are behind: all that was accepted more than so many seconds ago was rolled up, when it was last looked at. */
export function rollUpLag(registry: Registry, seconds: () => number): void {
  new Gauge({
    name: 'assent_measurement_roll_up_lag_seconds',
    help: 'All that was accepted before so many seconds ago is rolled up.',
    registers: [registry],
    collect() {
      this.set(seconds())
    },
  })
}
