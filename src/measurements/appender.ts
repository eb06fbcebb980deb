import { type BlockToken, newBlockToken, offsetOfToken } from '../domain/replay-offset.ts'
import type { Database } from '../store/database.ts'
import { appendReports, type NewBlock, type Outcome, type StoredReport } from '../store/measurements/append.ts'
import { blockBytesMax, blocksMax } from './block.ts'
import type { MeasurementMetrics } from './metrics.ts'
import type { Threads } from './threads.ts'

/** How long an organization's reports are gathered into one block. */
export const gatherMs = 100
/** Bytes of lines that wait to be stored: of one organization, and of all. */
export const waitingBytesMax = { organization: 8 * 1024 * 1024, all: 64 * 1024 * 1024 } as const
/** Transactions at once. */
const storingMax = 4

/** A report with its lines in the wire form. */
export interface Report extends StoredReport {
  lines: Uint8Array
}

/** There is no room for a report now. */
export class Full extends Error {
  readonly of: 'organization' | 'all'
  constructor(of: 'organization' | 'all') {
    super(`too many bytes wait to be stored (${of})`)
    this.of = of
  }
}

interface Waiting {
  report: Report
  resolve(outcome: Outcome): void
  reject(error: unknown): void
}

interface Gathering {
  waiting: Waiting[]
  bytes: number
  /** Set while it is waited for more. */
  timer: NodeJS.Timeout | undefined
  isStoring: boolean
}

/**
 * Gathers an organization's reports for up to `gatherMs`, or until they fill a block, and stores them in one transaction. While one is under way,
 * the organization's next reports gather: the slower the database, the larger its blocks.
 */
export class Appender {
  readonly #db: Database
  readonly #threads: Threads
  readonly #randomBytes: (size: number) => Buffer
  readonly #metrics: MeasurementMetrics
  readonly #onAppended: (organizationId: string) => void
  readonly #organizations = new Map<string, Gathering>()
  /** Organizations whose reports have gathered for long enough. */
  readonly #due = new Set<string>()
  readonly #storing = new Set<Promise<void>>()
  #bytes = 0

  /** `onAppended` is told of each commit with new blocks. */
  constructor(
    db: Database,
    threads: Threads,
    randomBytes: (size: number) => Buffer,
    metrics: MeasurementMetrics,
    onAppended: (organizationId: string) => void,
  ) {
    this.#db = db
    this.#threads = threads
    this.#randomBytes = randomBytes
    this.#metrics = metrics
    this.#onAppended = onAppended
  }

  get waitingBytes(): number {
    return this.#bytes
  }

  /** Resolves after the commit (I7). Throws Full where too much waits. */
  append(organizationId: string, report: Report): Promise<Outcome> {
    const gathering = this.#of(organizationId)
    const bytes = report.lines.length
    if (this.#bytes + bytes > waitingBytesMax.all) throw new Full('all')
    if (gathering.bytes + bytes > waitingBytesMax.organization) throw new Full('organization')
    this.#bytes += bytes
    gathering.bytes += bytes
    return new Promise((resolve, reject) => {
      gathering.waiting.push({ report, resolve, reject })
      if (gathering.bytes >= blockBytesMax) this.#isDue(organizationId)
      else gathering.timer ??= setTimeout(() => this.#isDue(organizationId), gatherMs)
    })
  }

  /** Stores what waits, and resolves when it is stored. Nothing may be appended any more. */
  async close(): Promise<void> {
    for (const organizationId of this.#organizations.keys()) this.#isDue(organizationId)
    while (this.#storing.size > 0) await Promise.all(this.#storing)
  }

  #of(organizationId: string): Gathering {
    let gathering = this.#organizations.get(organizationId)
    if (gathering === undefined) {
      gathering = { waiting: [], bytes: 0, timer: undefined, isStoring: false }
      this.#organizations.set(organizationId, gathering)
    }
    return gathering
  }

  #isDue(organizationId: string): void {
    this.#due.add(organizationId)
    this.#next()
  }

  #next(): void {
    for (const organizationId of this.#due) {
      if (this.#storing.size >= storingMax) return
      const gathering = this.#of(organizationId)
      if (gathering.isStoring) continue
      this.#due.delete(organizationId)
      const storing = this.#store(organizationId, gathering).finally(() => {
        this.#storing.delete(storing)
        this.#next()
      })
      this.#storing.add(storing)
    }
  }

  async #store(organizationId: string, gathering: Gathering): Promise<void> {
    const { waiting, bytes } = gathering
    clearTimeout(gathering.timer)
    Object.assign(gathering, { waiting: [], bytes: 0, timer: undefined, isStoring: true })
    let blocks: NewBlock[] = []
    try {
      const reports = waiting.map(({ report }) => report)
      const outcomes = await appendReports(this.#db, organizationId, reports, async (fresh) => {
        blocks = await blocksOf(
          this.#threads,
          fresh.map((place) => (reports[place] as Report).lines),
          this.#randomBytes,
        )
        return blocks
      })
      for (const block of blocks) this.#metrics.appended(block.lines)
      if (blocks.length > 0) this.#onAppended(organizationId)
      for (const [place, { resolve }] of waiting.entries()) resolve(outcomes[place] as Outcome)
    } catch (error) {
      for (const { reject } of waiting) reject(error)
    } finally {
      this.#bytes -= bytes
      gathering.isStoring = false
      if (gathering.waiting.length === 0) this.#organizations.delete(organizationId)
    }
  }
}

/** The blocks of lines, in their order, each with an offset of its own. */
export async function blocksOf(
  threads: Threads,
  lines: readonly Uint8Array[],
  randomBytes: (size: number) => Buffer,
): Promise<NewBlock[]> {
  const bytes = lines.reduce((sum, { length }) => sum + length, 0)
  const tokens = Array.from({ length: blocksMax(bytes) }, () => newBlockToken(randomBytes))
  const blocks = await threads.do('makeBlocks', bytes, { lines: [...lines], offsets: tokens.map(offsetOfToken) })
  return blocks.map((block, nth) => ({ ...block, token: tokens[nth] as BlockToken }))
}
