import { mkdir, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { syncDirectory, unlessMissing, writeDurably } from './durable-file.ts'
import { setAside } from './set-aside.ts'

/** What the smallest file takes of a usual disk: counted with less, a bound on bytes would bound nothing. */
const fileBytesMin = 4096

/**
 * A file of measurements, by the numbers of the parts in it. Without an id it is one part, which may still be joined with its
 * neighbours or dropped. With an id it is a batch, which may have reached the server.
 */
export interface MeasurementFile {
  first: number
  last: number
  id: string | null
  bytes: number
}

/**
 * The files of measurements in a data directory, the oldest first: lines, compressed. A file's name says all, `first.ndjson.gz` of a
 * part and `first-last-id.ndjson.gz` of a batch, so that each step is one rename or deletion, and a crash may come between any two.
 * What a function here did is on the disk when it returns.
 */
export interface MeasurementFiles {
  readonly all: readonly MeasurementFile[]
  /** What they take of the disk. */
  bytes(): number
  /** Puts lines at the end, as a part. */
  append(lines: string): Promise<void>
  /** As it lies on the disk; null where a person deleted it. */
  contentOf(file: MeasurementFile): Promise<Uint8Array<ArrayBuffer> | null>
  /** Decompressed; null where it is gone or cannot be read. */
  linesOf(file: MeasurementFile): Promise<Buffer | null>
  /** Gives the oldest file, a part, an id; null where it is gone. This needs no room on the disk. */
  name(id: string): Promise<MeasurementFile | null>
  /** Makes one batch of the oldest files, parts with these lines. Until it is on the disk they count, and from then on it alone. */
  join(parts: readonly MeasurementFile[], id: string, lines: Buffer): Promise<MeasurementFile>
  remove(file: MeasurementFile): Promise<void>
  /** Moves it to a directory of its own, with the reason. */
  setAside(file: MeasurementFile, why: string): Promise<void>
}

export async function openMeasurementFiles(dataDirectory: string): Promise<MeasurementFiles> {
  const directory = join(dataDirectory, 'measurements')
  const aside = join(directory, 'refused')
  await mkdir(aside, { recursive: true, mode: 0o700 })
  const all = await filesIn(directory)
  let number = all.at(-1)?.last ?? 0
  let bytes = all.reduce((sum, file) => sum + file.bytes, 0)

  const pathOf = (file: Named) => join(directory, nameOf(file))
  const contentOf = (file: MeasurementFile) => readFile(pathOf(file)).catch(unlessMissing)

  function replace(index: number, count: number, ...files: MeasurementFile[]): void {
    for (const one of all.splice(index, count, ...files)) bytes -= one.bytes
    for (const one of files) bytes += one.bytes
  }

  async function write(file: Named, lines: string | Buffer): Promise<MeasurementFile> {
    const gzipped = await promisify(gzip)(lines)
    await writeDurably(pathOf(file), gzipped)
    return { ...file, bytes: takenBy(gzipped.length) }
  }

  async function forget(file: MeasurementFile): Promise<void> {
    replace(all.indexOf(file), 1)
    await syncDirectory(directory)
  }

  return {
    all,
    bytes: () => bytes,
    async append(lines) {
      number += 1
      replace(all.length, 0, await write({ first: number, last: number, id: null }, lines))
    },
    contentOf,
    async linesOf(file) {
      const content = await contentOf(file)
      return content === null ? null : promisify(gunzip)(content).catch(() => null)
    },
    async name(id) {
      const [part] = all as [MeasurementFile]
      const batch = { ...part, id }
      const isThere = await rename(pathOf(part), pathOf(batch)).then(() => true, unlessMissing)
      replace(0, 1, ...(isThere ? [batch] : []))
      await syncDirectory(directory)
      return isThere ? batch : null
    },
    async join(parts, id, lines) {
      const [oldest, newest] = [parts[0], parts.at(-1)] as [MeasurementFile, MeasurementFile]
      const batch = await write({ first: oldest.first, last: newest.last, id }, lines)
      replace(0, parts.length, batch)
      for (const part of parts) await unlink(pathOf(part)).catch(unlessMissing)
      await syncDirectory(directory)
      return batch
    },
    async remove(file) {
      await unlink(pathOf(file)).catch(unlessMissing)
      await forget(file)
    },
    async setAside(file, why) {
      await setAside(pathOf(file), aside, why)
      await forget(file)
    },
  }
}

type Named = Omit<MeasurementFile, 'bytes'>

const namePattern = /^(\d{12})(?:-(\d{12})-([0-9a-zA-Z]+))?\.ndjson\.gz$/

function nameOf({ first, last, id }: Named): string {
  const padded = (number: number) => String(number).padStart(12, '0')
  return `${padded(first)}${id === null ? '' : `-${padded(last)}-${id}`}.ndjson.gz`
}

/** What lies in the directory, the oldest first, after what a crash left half done is deleted. */
async function filesIn(directory: string): Promise<MeasurementFile[]> {
  const files: MeasurementFile[] = []
  for (const name of await readdir(directory)) {
    const path = join(directory, name)
    if (name.endsWith('.draft')) await rm(path)
    const [, first, last, id = null] = namePattern.exec(name) ?? []
    if (first === undefined) continue
    files.push({ first: Number(first), last: Number(last ?? first), id, bytes: takenBy((await stat(path)).size) })
  }
  const batches = files.filter(({ id }) => id !== null)
  const isJoined = (file: MeasurementFile) =>
    file.id === null && batches.some(({ first, last }) => first <= file.first && file.last <= last)
  for (const part of files.filter(isJoined)) await unlink(join(directory, nameOf(part)))
  return files.filter((file) => !isJoined(file)).sort((one, other) => one.first - other.first)
}

function takenBy(bytes: number): number {
  return Math.max(bytes, fileBytesMin)
}
