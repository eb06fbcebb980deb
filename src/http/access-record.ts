import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { AccessAmount, DataAccess } from '../domain/data-access.ts'
import { type AccessGroup, endAccessRun, isAccessRun, recordAccesses, startAccessRun } from '../store/accesses/record.ts'
import type { Db } from '../store/database.ts'
import { isUnavailable } from '../store/failures.ts'

const writeEveryMs = 1_000
/** While there is nothing to write, the run says so often that it goes on. */
const sayEveryMs = 5_000
/** How often it is looked what streams have delivered. */
const lookAtStreamsEveryMs = 5_000
/** Groups that wait to be written. From half of them on they are written at once; beyond them, accesses are told apart no further. */
const groupsMax = 10_000
/** An id that is longer is no organization's. */
const idLengthMax = 100
/** How often a write is tried that the database itself refuses. */
const triesMax = 60

/** What a stream has delivered since it began. */
export interface Meter {
  readonly sentBytes: number
  readonly sentLines: number
  /** Resolves when nothing more can be delivered. */
  readonly closed: Promise<void>
}

interface Followed {
  access: DataAccess
  meter: Meter
  bytes: number
  lines: number
}

/** What a request is noted as, once its answer is sent. The operation adds the objects that it sends. */
export type AccessUnderWay = Omit<DataAccess, 'status'> & { objects: number }

declare module 'fastify' {
  interface FastifyRequest {
    access: AccessUnderWay | null
  }
}

interface Options {
  db: Db
  clock: Clock
  log: { warn(details: object, message: string): void }
  groupsMax?: number
}

/**
 * Gathers accesses to customers' data, grouped by the minute, and writes them each second, all together: no request writes or waits. What a crash
 * loses is what had not been written, and the run's row tells from when on.
 */
export class AccessRecord {
  readonly #db: Db
  readonly #clock: Clock
  readonly #log: Options['log']
  readonly #groupsMax: number
  readonly #followed = new Set<Followed>()
  #groups = new Map<string, AccessGroup>()
  /** What is being written, under its number, until it is known to be stored. */
  #batch: { number: number; at: Date; groups: AccessGroup[] } | null = null
  #run = ''
  #batches = 0
  #writing: Promise<void> | null = null
  #saidAt = 0
  #lookedAt = 0
  #tries = 0
  #lostFrom: Date | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(options: Options) {
    this.#db = options.db
    this.#clock = options.clock
    this.#log = options.log
    this.#groupsMax = options.groupsMax ?? groupsMax
  }

  async start(): Promise<void> {
    await this.#begin(this.#clock.now())
    this.#timer = setInterval(() => void this.write(), writeEveryMs)
    this.#timer.unref()
  }

  note(access: DataAccess, amount: AccessAmount): void {
    const at = this.#clock.now().toISOString()
    const minute = `${at.slice(0, 16)}:00.000Z`
    const name = `${minute} ${access.status} ${access.operation} ${access.readerId} ${access.address} ${access.organizationId}`
    const known = this.#groups.get(name)
    if (known) {
      known.requests += amount.requests
      known.objects += amount.objects
      known.bytes += amount.bytes
      known.lines += amount.lines
      known.lastAt = at
      return
    }
    if (this.#groups.size >= this.#groupsMax && access.operation !== others) {
      this.#noteAmongOthers(access, amount)
      return
    }
    const { organizationId } = access
    const organization = organizationId !== null && organizationId.length > idLengthMax ? null : organizationId
    this.#groups.set(name, { ...access, ...amount, organizationId: organization, minute, firstAt: at, lastAt: at })
    if (this.#groups.size === Math.ceil(this.#groupsMax / 2)) void this.write()
  }

  /** Notes what a stream delivers, for as long as it does. */
  follow(access: DataAccess, meter: Meter): void {
    this.note(access, { requests: 1, objects: 0, bytes: 0, lines: 0 })
    const followed = { access, meter, bytes: 0, lines: 0 }
    this.#followed.add(followed)
    void meter.closed.then(() => {
      this.#noteDelivered(followed)
      this.#followed.delete(followed)
    })
  }

  /** Writes what there is. What cannot be written now is written later. */
  write(): Promise<void> {
    this.#writing ??= this.#writeOnce()
      .catch((error: unknown) => {
        this.#log.warn({ err: error }, 'accesses not written')
        if (!isUnavailable(error)) this.#giveUpInTime()
      })
      .finally(() => {
        this.#writing = null
      })
    return this.#writing
  }

  /** Writes all, and ends the run. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    for (const followed of this.#followed) this.#noteDelivered(followed)
    await this.write()
    await this.write()
    // Of what could not be written it tells as one that broke off.
    if (this.#groups.size > 0 || this.#batch !== null) return
    await endAccessRun(this.#db, this.#run, this.#clock.now(), true).catch((error: unknown) =>
      this.#log.warn({ err: error }, 'the run of accesses not ended'),
    )
  }

  async #begin(at: Date): Promise<void> {
    const run = this.#clock.randomBytes(12).toString('hex')
    await startAccessRun(this.#db, run, at)
    this.#run = run
    this.#batches = 0
    this.#saidAt = at.getTime()
  }

  async #writeOnce(): Promise<void> {
    const at = this.#clock.now()
    if (at.getTime() - this.#lookedAt >= lookAtStreamsEveryMs) {
      this.#lookedAt = at.getTime()
      for (const followed of this.#followed) this.#noteDelivered(followed)
    }
    if (this.#batch === null) {
      if (this.#groups.size === 0 && at.getTime() - this.#saidAt < sayEveryMs) return
      this.#batches += 1
      this.#batch = { number: this.#batches, at, groups: [...this.#groups.values()] }
      this.#groups = new Map()
    }
    const { number, at: upTo, groups } = this.#batch
    const isStored = await recordAccesses(this.#db, { id: this.#run, batch: number, at: upTo }, groups)
    if (!isStored && !(await isAccessRun(this.#db, this.#run))) {
      await this.#begin(at)
      this.#batches = 1
      this.#batch = { number: 1, at: upTo, groups }
      throw new Error('The row of the run of accesses is gone: another one was begun.')
    }
    this.#batch = null
    this.#tries = 0
    this.#saidAt = at.getTime()
    if (this.#lostFrom !== null) await this.#tellOfLoss(this.#lostFrom)
  }

  /** A batch that can never be stored must not keep all later ones from it. */
  #giveUpInTime(): void {
    this.#tries += 1
    if (this.#tries < triesMax || this.#batch === null) return
    this.#lostFrom ??= this.#batch.at
    this.#batch = null
    this.#tries = 0
  }

  /** What is lost shows as a run that broke off, and another one that began after it. */
  async #tellOfLoss(from: Date): Promise<void> {
    const run = this.#run
    await this.#begin(this.#clock.now())
    this.#lostFrom = null
    await endAccessRun(this.#db, run, from, false)
  }

  #noteDelivered(followed: Followed): void {
    const { access, meter } = followed
    const bytes = meter.sentBytes - followed.bytes
    const lines = meter.sentLines - followed.lines
    if (lines === 0) return
    followed.bytes += bytes
    followed.lines += lines
    this.note(access, { requests: 0, objects: 0, bytes, lines })
  }

  /**
   * More than are told apart: an organization that was read still sees by whom and how much. Of refused ones, whose organizations may be made
   * up without end, and of more readers than there is room for, it is told as a gap that they are missing.
   */
  #noteAmongOthers(access: DataAccess, amount: AccessAmount): void {
    const hasRoom = access.status < 400 && this.#groups.size < 2 * this.#groupsMax
    if (!hasRoom) this.#lostFrom ??= this.#clock.now()
    const organizationId = hasRoom ? access.organizationId : null
    if (hasRoom || this.#groups.size < 3 * this.#groupsMax) {
      this.note({ ...access, organizationId, operation: others, address: '' }, amount)
    }
  }
}

const others = 'others'

/** Notes the answers of requests that have an access under way, as they are sent: also those that nobody stays to take. */
export function noteAnswers(server: FastifyInstance, accesses: AccessRecord): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    const { access } = request
    // Who is not known has read nothing, and is told nothing.
    if (access !== null && reply.statusCode !== 401) {
      const { objects, ...who } = access
      const bytes = request.method === 'HEAD' ? 0 : bytesOf(payload)
      accesses.note({ ...who, status: reply.statusCode }, { requests: 1, objects: bytes === 0 ? 0 : objects, bytes, lines: 0 })
    }
    done(null, payload)
  })
}

function bytesOf(payload: unknown): number {
  if (typeof payload === 'string') return Buffer.byteLength(payload)
  return payload instanceof Uint8Array ? payload.length : 0
}

/** Notes a stream that a request was answered with. Its response is no longer the frame's. */
export function followStream(accesses: AccessRecord, request: FastifyRequest, meter: Meter): void {
  if (request.access === null) return
  const { objects: _, ...who } = request.access
  accesses.follow({ ...who, status: 200 }, meter)
}
