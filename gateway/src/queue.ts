import { mkdir, readdir, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirectory, unlessMissing, writeDurably } from './durable-file.ts'
import { setAside } from './set-aside.ts'

export interface QueueBounds {
  batchesMax: number
  bytesMax: number
}

interface Entry {
  sequence: number
  bytes: number
}

/** Batches that wait to be sent, one file each, in the order of their numbers. A batch is on the disk before it is sent. */
export interface Queue {
  /** How many batches were dropped, since the queue was full, and set aside, since the server refused them, in this run. */
  readonly counts: { dropped: number; setAside: number }
  isEmpty(): boolean
  /** What waits behind the batch with this number, or all. */
  waitingBytes(sent?: number): number
  /** All waiting batches, the oldest first: for putting the state together after a crash. */
  all(): AsyncIterable<{ sequence: number; text: string }>
  /** Puts a batch at the end. Where that makes it too long, the oldest are dropped: the newest state is worth more. */
  add(sequence: number, text: string): Promise<void>
  first(): Promise<{ sequence: number; text: string } | null>
  /** The server has it. */
  remove(sequence: number): Promise<void>
  /** The server will never take it: kept beside the queue with what the server said. */
  setAside(sequence: number, why: string): Promise<void>
}

export async function openQueue(dataDirectory: string, bounds: QueueBounds): Promise<Queue> {
  const directory = join(dataDirectory, 'queue')
  const aside = join(dataDirectory, 'refused')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await mkdir(aside, { recursive: true, mode: 0o700 })
  const counts = { dropped: 0, setAside: 0 }
  let entries = await entriesIn(directory)

  const pathOf = (sequence: number) => join(directory, nameOf(sequence))

  async function forget(sequence: number): Promise<void> {
    entries = entries.filter((entry) => entry.sequence !== sequence)
    await syncDirectory(directory)
  }

  async function remove(sequence: number): Promise<void> {
    await unlink(pathOf(sequence)).catch(unlessMissing)
    await forget(sequence)
  }

  async function textOf(sequence: number): Promise<string | null> {
    return readFile(pathOf(sequence), 'utf8').catch(unlessMissing)
  }

  return {
    counts,
    isEmpty: () => entries.length === 0,
    waitingBytes: (sent) => entries.reduce((sum, { sequence, bytes }) => (sequence === sent ? sum : sum + bytes), 0),
    async *all() {
      for (const { sequence } of [...entries]) {
        const text = await textOf(sequence)
        if (text !== null) yield { sequence, text }
      }
    },
    async add(sequence, text) {
      await writeDurably(pathOf(sequence), text)
      entries.push({ sequence, bytes: Buffer.byteLength(text) })
      while (entries.length > 1 && isOver(entries, bounds)) {
        counts.dropped += 1
        await remove((entries[0] as Entry).sequence)
      }
    },
    async first() {
      for (let entry = entries[0]; entry; entry = entries[0]) {
        const text = await textOf(entry.sequence)
        if (text !== null) return { sequence: entry.sequence, text }
        await forget(entry.sequence)
      }
      return null
    },
    remove,
    async setAside(sequence, why) {
      counts.setAside += 1
      await setAside(pathOf(sequence), aside, why)
      await forget(sequence)
    },
  }
}

async function entriesIn(directory: string): Promise<Entry[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{12}\.json$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => ({ sequence: Number.parseInt(name, 10), bytes: (await stat(join(directory, name))).size })),
  )
}

function isOver(entries: readonly Entry[], { batchesMax, bytesMax }: QueueBounds): boolean {
  return entries.length > batchesMax || entries.reduce((sum, entry) => sum + entry.bytes, 0) > bytesMax
}

function nameOf(sequence: number): string {
  return `${String(sequence).padStart(12, '0')}.json`
}
