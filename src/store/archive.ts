import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'

/**
 * The form of a backup, alike for both engines: gzip over lines of JSON. First the header, an object. Then for each table a
 * control line ["table", name] and its rows, an object each, in an order that keeps foreign keys. Last ["end", {rows, sha256}],
 * whose digest is that of all bytes before it: what lacks it is cut short.
 */
export const archiveFormat = 1

const header = z.object({
  assentBackup: z.literal(archiveFormat),
  createdAt: z.string(),
  migrations: z.array(z.object({ number: z.int(), name: z.string(), digest: z.string() })),
})
export type ArchiveHeader = z.infer<typeof header>

const end = z.object({ rows: z.record(z.string(), z.int()), sha256: z.string() })
export type ArchiveEnd = z.infer<typeof end>

const control = z.union([z.tuple([z.literal('table'), z.string()]), z.tuple([z.literal('end'), end])])

/** An archive that cannot be restored: the message says why and what to do. */
export class ArchiveError extends Error {}

const damaged = 'The backup is cut short or was changed. Take another copy of it, or another backup.'

export type ArchiveLine = { header: ArchiveHeader } | { table: string } | { row: string } | { end: ArchiveEnd }

/** What an archive's digest and counts are reckoned with, by its writer and by its reader. */
export class ArchiveTally {
  readonly rows: Record<string, number> = {}
  readonly #digest: Hash = createHash('sha256')

  add(line: string): void {
    this.#digest.update(line).update('\n')
  }

  end(): ArchiveEnd {
    return { rows: this.rows, sha256: this.#digest.digest('hex') }
  }
}

/** The lines of an archive's file, checked against its closing line. Throws ArchiveError, at the end too: use nothing before it. */
export async function* readArchive(path: string): AsyncGenerator<ArchiveLine> {
  const tally = new ArchiveTally()
  let table: string | undefined
  let ended = false
  for await (const line of linesOf(path)) {
    if (ended) throw new ArchiveError(damaged)
    if (table === undefined && line.startsWith('{')) {
      yield { header: headerOf(line) }
    } else if (line.startsWith('{')) {
      tally.rows[table as string] = (tally.rows[table as string] ?? 0) + 1
      yield { row: line }
    } else {
      const said = controlOf(line)
      if (said[0] === 'end') {
        const reckoned = tally.end()
        if (reckoned.sha256 !== said[1].sha256) throw new ArchiveError(damaged)
        ended = true
        yield { end: reckoned }
        continue
      }
      table = said[1]
      tally.rows[table] = 0
      yield { table }
    }
    tally.add(line)
  }
  if (!ended) throw new ArchiveError(damaged)
}

/** Only a line feed ends a line: readline would also break at U+2028, which a label may hold. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const plain = createGunzip()
  pipeline(createReadStream(path), plain, () => {})
  const decoder = new StringDecoder('utf8')
  let rest = ''
  try {
    for await (const chunk of plain) {
      const lines = (rest + decoder.write(chunk as Buffer)).split('\n')
      rest = lines.pop() as string
      yield* lines
    }
  } catch (error) {
    throw readingError(path, error as NodeJS.ErrnoException)
  }
  if (rest !== '') throw new ArchiveError(damaged)
}

function readingError(path: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'EISDIR') {
    return new ArchiveError(
      `The backup ${path} cannot be read (${error.code}). Give the path of a file made by \`assent backup\`.`,
    )
  }
  if (error.code === 'Z_DATA_ERROR' && error.message === 'incorrect header check') {
    return new ArchiveError(`${path} is not a backup. Give a file made by \`assent backup\`.`)
  }
  return error.code?.startsWith('Z_') ? new ArchiveError(damaged) : error
}

function headerOf(line: string): ArchiveHeader {
  const parsed = header.safeParse(jsonOf(line))
  if (!parsed.success) {
    throw new ArchiveError(
      'This is not a backup that this version of Assent can read. Use the version that made it, or a later one.',
    )
  }
  return parsed.data
}

function controlOf(line: string): z.infer<typeof control> {
  const parsed = control.safeParse(jsonOf(line))
  if (!parsed.success) throw new ArchiveError(damaged)
  return parsed.data
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new ArchiveError(damaged)
  }
}
