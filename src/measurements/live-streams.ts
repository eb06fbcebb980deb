import type { Clock } from '../clock.ts'
import type { Db } from '../store/database.ts'
import { type Asker, blocksAtOnceMax, lookAtStreams, type Position, type StreamRight } from '../store/measurements/streams.ts'
import { type Frame, FrameMemory, heartbeat, joined, noMemory } from './frame.ts'
import type { EndReason, MeasurementMetrics } from './metrics.ts'
import type { StreamKind } from './places.ts'
import type { StreamResponse } from './stream-response.ts'

/**
 * Every stream's right is looked at so often, also where nothing is sent. Beside it, a reader of another process's blocks waits no longer: a
 * hint from process to process (LISTEN/NOTIFY) would save a part of this at the price of a connection and its repair.
 */
export const lookEveryMs = 125
const heartbeatEveryMs = 10_000
/** How long streams stay open while the database cannot be asked: without an answer nothing is sent, but a restart of it ends nobody. */
const unavailableWithinMs = 10_000
/** A look that comes so late says that this process was held up. */
const heldUpMs = 1_000

/** A stream of an organization. Of one that is not live only the right is looked at: what it sends comes from elsewhere. */
export interface LiveReader extends Asker, StreamRight {
  response: StreamResponse
  kind: StreamKind
}

/** A stream that was added, during or after the look with the number `joined`. It has what there is up to `position`. */
type Reader = LiveReader & { position: Omit<Position, 'organizationId'>; joined: number; isOver: boolean }

interface Feed extends Position {
  readers: Set<Reader>
}

/** A block that was read, as it is sent. */
interface ReadBlock {
  seq: number
  acceptedAt: number
  frame: Frame
}

/** What is kept of a look for the next one: a large look, after a pause, is not a usual one (I9). */
const memoryKeptBytesMax = 8 * 1024 * 1024

/**
 * All live streams of this process. One statement reads the new blocks of every organization that has readers, each once, and with them the
 * rights of all readers (I3): what was accepted after a withdrawal's commit is not in a snapshot that still has the right.
 */
export class LiveStreams {
  readonly #db: Db
  readonly #metrics: MeasurementMetrics
  readonly #clock: Clock
  readonly #feeds = new Map<string, Feed>()
  #looking = false
  #looks = 0
  /** Organizations with blocks to read; and whether all others, too, are to be looked at. */
  #due = new Set<string>()
  #allDue = false
  #timer: NodeJS.Timeout | undefined
  #heartbeats: NodeJS.Timeout | undefined
  #answeredAt = 0
  #closed = false
  /** For the next frames: what held the last ones, where nobody reads them any more. */
  #memory: Buffer = noMemory

  readonly #log: { warn(details: object, message: string): void }

  constructor(db: Db, metrics: MeasurementMetrics, clock: Clock, log: { warn(details: object, message: string): void }) {
    this.#db = db
    this.#metrics = metrics
    this.#clock = clock
    this.#log = log
  }

  get count(): number {
    let count = 0
    for (const feed of this.#feeds.values()) count += feed.readers.size
    return count
  }

  /** Bytes that wait for the reader that has left most. */
  get unsentBytes(): number {
    let most = 0
    this.#each((reader) => {
      most = Math.max(most, reader.response.backlogBytes)
    })
    return most
  }

  /** Adds a stream that was just opened: it gets what comes behind `position`, the log's head in the statement that opened it. */
  add(reader: LiveReader, position: Position): void {
    const one = { ...reader, position, joined: this.#looks, isOver: false }
    if (this.#closed) {
      this.#end(one, 'shutdown')
      return
    }
    const feed = this.#feeds.get(reader.organizationId) ?? { ...position, readers: new Set() }
    this.#feeds.set(reader.organizationId, feed)
    // What was committed since is read again for it, where the others have it already.
    if (reader.kind === 'live' && (position.seq < feed.seq || !hasBlockReaders(feed))) Object.assign(feed, position)
    feed.readers.add(one)
    void reader.response.closed.then(() => this.#end(one, 'closed'))
    if (this.#timer === undefined) this.#start()
  }

  /** Blocks of this organization were committed by this process: they are read as soon as may be. */
  wake(organizationId: string): void {
    if (!this.#feeds.has(organizationId)) return
    this.#due.add(organizationId)
    void this.#look()
  }

  /** Ends all streams properly, and takes no more. */
  close(): void {
    this.#closed = true
    for (const feed of this.#feeds.values()) for (const reader of feed.readers) this.#end(reader, 'shutdown')
  }

  #start(): void {
    this.#answeredAt = performance.now()
    let lookedAt = performance.now()
    this.#timer = setInterval(() => {
      // A pause of this process is not one of the database.
      this.#answeredAt += Math.max(0, performance.now() - lookedAt - heldUpMs)
      lookedAt = performance.now()
      this.#endTheSlow()
      this.#allDue = true
      void this.#look()
      if (performance.now() - this.#answeredAt > unavailableWithinMs) this.#endAll('unavailable')
    }, lookEveryMs)
    this.#heartbeats = setInterval(() => this.#each((reader) => reader.response.send(heartbeat)), heartbeatEveryMs)
  }

  async #look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    try {
      while (this.#allDue || this.#due.size > 0) {
        const feeds = [...this.#feeds.values()].filter((feed) => this.#allDue || this.#due.has(feed.organizationId))
        this.#due.clear()
        this.#allDue = false
        await this.#lookAt(feeds)
      }
    } catch (error) {
      // Asked again with the next look. Meanwhile nothing is sent, for it would not be known whether it may be.
      this.#log.warn({ err: error }, 'streams not looked at')
    } finally {
      this.#looking = false
    }
  }

  async #lookAt(feeds: readonly Feed[]): Promise<void> {
    this.#looks += 1
    const look = this.#looks
    const askers = new Map<string, { asker: Asker; readers: Reader[] }>()
    for (const feed of feeds) {
      for (const reader of feed.readers) {
        const name = `${reader.caller} ${reader.organizationId}`
        const same = askers.get(name)
        if (same) same.readers.push(reader)
        else askers.set(name, { asker: reader, readers: [reader] })
      }
    }
    if (askers.size === 0) return
    const groups = [...askers.values()]
    const frames = new FrameMemory(this.#memory)
    this.#memory = noMemory
    const { rights, blocks } = await lookAtStreams(
      this.#db,
      groups.map((group) => group.asker),
      feeds.filter(hasBlockReaders),
      (block): ReadBlock => ({ seq: block.seq, acceptedAt: block.acceptedAt, frame: frames.add(block) }),
    )
    this.#answeredAt = performance.now()
    for (const [place, { readers }] of groups.entries()) {
      const right = rights[place]
      for (const reader of readers) {
        if (right && right.basis === reader.basis) reader.until = right.until
        else this.#end(reader, 'withdrawn')
      }
    }
    let areTaken = true
    for (const feed of feeds) areTaken = this.#deliver(feed, blocks.get(feed.organizationId) ?? [], look) && areTaken
    if (areTaken && this.#feeds.size > 0 && frames.memory.length <= memoryKeptBytesMax) this.#memory = frames.memory
  }

  /**
   * Sends blocks to the readers whose rights came with them. For whoever joined meanwhile they are read again. Whether the system has taken all
   * of them: what it has not is still read from where it lies.
   */
  #deliver(feed: Feed, blocks: readonly ReadBlock[], look: number): boolean {
    const last = blocks.at(-1)
    if (last === undefined) return true
    const all = joined(blocks.map((block) => block.frame))
    let areTaken = true
    const readers = blocks.map(() => 0)
    let readersOfAll = 0
    const reached = { seq: last.seq, acceptedAt: last.acceptedAt }
    let position: Reader['position'] = reached
    for (const reader of feed.readers) {
      if (reader.kind !== 'live') continue
      if (reader.joined >= look) {
        if (reader.position.seq < position.seq) {
          position = reader.position
          this.#due.add(feed.organizationId)
        }
        continue
      }
      if (blocks.every((block) => isFor(reader, block))) {
        reader.response.send(all)
        readersOfAll += 1
      } else {
        for (const [place, block] of blocks.entries()) {
          if (!isFor(reader, block)) continue
          reader.response.send(block.frame)
          readers[place] = (readers[place] as number) + 1
        }
      }
      reader.position = reached
      areTaken &&= reader.response.backlogBytes === 0
    }
    Object.assign(feed, position)
    if (blocks.length === blocksAtOnceMax) this.#due.add(feed.organizationId)
    const now = this.#clock.now().getTime() / 1000
    for (const [place, block] of blocks.entries()) {
      const reached = readersOfAll + (readers[place] as number)
      // What is read again for whoever joined reaches nobody else.
      if (reached === 0) continue
      this.#metrics.delivered(block.frame.lines, reached)
      this.#metrics.delay(now - block.acceptedAt)
    }
    return areTaken
  }

  #endTheSlow(): void {
    const now = performance.now()
    this.#each((reader) => {
      if (reader.response.isSlow(now)) this.#end(reader, 'slow')
    })
  }

  #each(work: (reader: Reader) => void): void {
    for (const feed of this.#feeds.values()) for (const reader of feed.readers) work(reader)
  }

  #endAll(reason: EndReason): void {
    this.#each((reader) => this.#end(reader, reason))
  }

  #end(reader: Reader, reason: EndReason): void {
    if (reader.isOver) return
    reader.isOver = true
    const feed = this.#feeds.get(reader.organizationId)
    feed?.readers.delete(reader)
    reader.response.end()
    // Why a replay ended, it says itself.
    if (reader.kind !== 'replay') this.#metrics.ended(reason)
    if (feed?.readers.size === 0) this.#feeds.delete(reader.organizationId)
    if (this.#feeds.size > 0) return
    clearInterval(this.#timer)
    clearInterval(this.#heartbeats)
    this.#timer = undefined
    this.#memory = noMemory
  }
}

function hasBlockReaders(feed: Feed): boolean {
  for (const reader of feed.readers) if (reader.kind === 'live') return true
  return false
}

/** Whether a block is new to a reader, and was accepted within what its right holds (I3). */
function isFor({ position, since, until }: Reader, { seq, acceptedAt }: ReadBlock): boolean {
  return seq > position.seq && acceptedAt >= since && acceptedAt < until
}
