import type { ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import type { Database } from '../store/database.ts'
import type { Asker, Position, StreamRight } from '../store/measurements/streams.ts'
import { LiveStreams } from './live-streams.ts'
import type { MeasurementMetrics } from './metrics.ts'
import { type Place, Places, type StreamKind } from './places.ts'
import { type Replay, sendReplay } from './replay.ts'
import { type SimulationAsked, simulate } from './simulate.ts'
import { StreamResponse } from './stream-response.ts'

/** What every stream is opened with: its response, the head's headers, and the place that it takes until it is over. */
export interface Opening {
  response: ServerResponse
  headers: Record<string, string | number | string[] | undefined>
  place: Place
  /** After how long it is ended, in ms, whatever its right. */
  lastsMs?: number
  /** Told of the stream once it is open. */
  opened?(stream: StreamResponse): void
}

/** What a live stream begins with: its right and the log's head, of one statement (store/measurements/streams.ts). */
export type Beginning = StreamRight & Omit<Position, 'organizationId'>

/** Made-up measurements a second of all simulated streams of this process: a few percent of a core. */
const simulatedPerSecondMax = 100_000

/** All streams of measurements of this process. */
export class Streams {
  readonly places = new Places()
  readonly live: LiveStreams
  readonly #db: Database
  readonly #metrics: MeasurementMetrics
  readonly #clock: Clock
  readonly #log: { warn(details: object, message: string): void }
  readonly #stopping = new AbortController()
  #simulatedPerSecond = 0

  constructor(db: Database, metrics: MeasurementMetrics, clock: Clock, log: { warn(details: object, message: string): void }) {
    this.live = new LiveStreams(db.streams, metrics, clock, log)
    this.#db = db
    this.#metrics = metrics
    this.#clock = clock
    this.#log = log
  }

  /** Opens a live stream: whatever is accepted from now on. */
  openLive(asker: Asker, beginning: Beginning, opening: Opening): void {
    this.#add(asker, beginning, opening, 'live')
  }

  /** Whether this process has room for so many made-up measurements a second more. */
  hasRoomToSimulate(measurementsPerSecond: number): boolean {
    return this.#simulatedPerSecond + measurementsPerSecond <= simulatedPerSecondMax
  }

  /** Opens a stream of made-up measurements, under the same right. */
  openSimulated(asker: Asker, beginning: Beginning, asked: SimulationAsked, opening: Opening): void {
    const response = this.#add(asker, beginning, opening, 'simulated')
    this.#simulatedPerSecond += asked.measurementsPerSecond
    void response.closed.then(() => {
      this.#simulatedPerSecond -= asked.measurementsPerSecond
    })
    simulate(response, asked, this.#clock)
  }

  /** Opens a replay of the blocks behind `from`, up to `to`. */
  openReplay(
    asker: Asker,
    beginning: Beginning & Pick<Replay, 'from' | 'to'>,
    takeLines: (lines: number) => Promise<number | null>,
    opening: Opening,
  ): void {
    const response = this.#add(asker, beginning, opening, 'replay')
    const { basis, from, to } = beginning
    const stopping = this.#stopping.signal
    sendReplay(this.#db.request, this.#metrics, { ...asker, basis, from, to, response, takeLines, stopping }).catch(
      (error: unknown) => this.#log.warn({ err: error }, 'a replay was cut off'),
    )
  }

  /** Ends all streams properly, and takes no more. */
  close(): void {
    this.#stopping.abort()
    this.live.close()
  }

  #add(asker: Asker, beginning: Beginning, opening: Opening, kind: StreamKind): StreamResponse {
    const response = new StreamResponse(opening.response, opening.headers)
    const over = opening.lastsMs === undefined ? undefined : setTimeout(() => response.end(), opening.lastsMs)
    void response.closed.then(() => {
      clearTimeout(over)
      opening.place.leave()
    })
    opening.opened?.(response)
    const { basis, since, until, seq, acceptedAt } = beginning
    this.live.add({ ...asker, basis, since, until, response, kind }, { organizationId: asker.organizationId, seq, acceptedAt })
    return response
  }
}
