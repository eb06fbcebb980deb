import { type MeasurementFile, openMeasurementFiles } from './measurement-files.ts'

/** What one batch holds at most: a quarter of what the server takes, so that none that is joined here is too long for it. */
export const batchBounds = { linesMax: 10_000, bytesMax: 1024 * 1024 }

export interface MeasurementBatch {
  id: string
  /** Its lines (NDJSON), compressed: as it lies on the disk, so that each sending is the same to the byte. */
  gzipped: Uint8Array<ArrayBuffer>
}

/**
 * Measurements that wait to be sent, in the order in which they came. What is added is on the disk when `add` returns. What has waited
 * is joined into few batches when it is sent; a batch has its id and its content on the disk before it is sent, and keeps both until the
 * server has answered. So a crash at any moment sends nothing under two ids.
 */
export interface MeasurementQueue {
  /** In this run: measurements that were dropped, since the queue or the disk was full, and batches set aside, since the server refused them. */
  readonly counts: { dropped: number; setAside: number }
  isEmpty(): boolean
  /** What waits beside the batch with this id, or all: compressed. */
  waitingBytes(sent?: string): number
  /** Puts lines at the end. Answers how many of the oldest measurements were dropped for them. What cannot be written is counted as dropped as well. */
  add(lines: readonly string[]): Promise<number>
  /** The oldest batch: the same one until it is removed or set aside. */
  first(): Promise<MeasurementBatch | null>
  /** The server has it. */
  remove(id: string): Promise<void>
  /** The server will never take it: kept in a directory of its own with what the server said. */
  setAside(id: string, why: string): Promise<void>
}

export async function openMeasurementQueue(
  dataDirectory: string,
  bounds: { bytesMax: number },
  newId: () => string,
): Promise<MeasurementQueue> {
  const files = await openMeasurementFiles(dataDirectory)
  const counts = { dropped: 0, setAside: 0 }
  const inTurn = turns()

  /** A batch is not dropped: the server may have it, and it would be counted for lost. Nor is what came last. */
  async function dropOldest(): Promise<number> {
    const before = counts.dropped
    while (files.bytes() > bounds.bytesMax) {
      const oldest = files.all.find(isPart)
      if (oldest === undefined || oldest === files.all.at(-1)) break
      const lines = await files.linesOf(oldest)
      await files.remove(oldest)
      counts.dropped += lines === null ? 0 : linesIn(lines)
    }
    return counts.dropped - before
  }

  /** The oldest parts, as many as one batch may hold: none where the first is gone or cannot be read. */
  async function joinable(): Promise<{ parts: MeasurementFile[]; lines: Buffer }> {
    const parts: MeasurementFile[] = []
    const contents: Buffer[] = []
    const total = { lines: 0, bytes: 0 }
    for (const part of files.all) {
      const lines = await files.linesOf(part)
      if (lines === null) break
      total.lines += linesIn(lines)
      total.bytes += lines.length
      if (parts.length > 0 && (total.lines > batchBounds.linesMax || total.bytes > batchBounds.bytesMax)) break
      parts.push(part)
      contents.push(lines)
    }
    return { parts, lines: Buffer.concat(contents) }
  }

  /** A batch of the oldest parts; null where the oldest is gone. One that cannot be read goes alone: the server says what is wrong. */
  async function newBatch(): Promise<MeasurementFile | null> {
    const { parts, lines } = await joinable()
    const joined = parts.length > 1 ? await files.join(parts, newId(), lines).catch(unlessFull) : null
    return joined ?? files.name(newId())
  }

  const batch = (id: string) => files.all.find((file) => file.id === id)
  return {
    counts,
    isEmpty: () => files.all.length === 0,
    waitingBytes: (sent) => files.all.reduce((sum, { id, bytes }) => (sent !== undefined && id === sent ? sum : sum + bytes), 0),
    add: (lines) =>
      inTurn(async () => {
        let kept = 0
        try {
          for (const part of partsOf(lines)) {
            await files.append(part)
            kept += linesIn(Buffer.from(part))
          }
        } finally {
          counts.dropped += lines.length - kept
        }
        return dropOldest()
      }),
    first: () =>
      inTurn(async () => {
        for (let oldest = files.all[0]; oldest; oldest = files.all[0]) {
          const next = isPart(oldest) ? await newBatch() : oldest
          if (next === null) continue
          const gzipped = await files.contentOf(next)
          if (gzipped !== null) return { id: next.id as string, gzipped }
          await files.remove(next)
        }
        return null
      }),
    remove: (id) =>
      inTurn(async () => {
        const file = batch(id)
        if (file) await files.remove(file)
      }),
    setAside: (id, why) =>
      inTurn(async () => {
        const file = batch(id)
        if (file) await files.setAside(file, why)
        counts.setAside += 1
      }),
  }
}

/** Does one thing after the other: what is added and what is made a batch of go through the same files. */
function turns(): <Answer>(work: () => Promise<Answer>) => Promise<Answer> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }
}

function isPart({ id }: MeasurementFile): boolean {
  return id === null
}

/** Lines as parts that each fit into one batch. */
function* partsOf(lines: readonly string[]): Iterable<string> {
  let part: string[] = []
  let bytes = 0
  for (const line of lines) {
    const lineBytes = Buffer.byteLength(line) + 1
    if (part.length === batchBounds.linesMax || (part.length > 0 && bytes + lineBytes > batchBounds.bytesMax)) {
      yield part.join('')
      part = []
      bytes = 0
    }
    part.push(`${line}\n`)
    bytes += lineBytes
  }
  if (part.length > 0) yield part.join('')
}

function linesIn(content: Buffer): number {
  let lines = 0
  for (let at = content.indexOf(10); at !== -1; at = content.indexOf(10, at + 1)) lines += 1
  return lines
}

/** On a full disk nothing can be joined, but what is there can still be sent. */
function unlessFull(error: unknown): null {
  if (error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code))) return null
  throw error
}
