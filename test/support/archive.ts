import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { writeBackup } from '../../src/store/backup.ts'
import type { Database } from '../../src/store/database.ts'

/** How a changed archive is closed: by a digest of its own lines, by the former one, or not at all. */
export type ArchiveEnd = 'own' | 'former' | 'none'

/** Writes an archive whose lines were changed into `directory`. Returns its path. */
export function changedArchive(
  archive: string,
  directory: string,
  change: (lines: string[]) => string[],
  end: ArchiveEnd,
): string {
  const lines = gunzipSync(readFileSync(archive)).toString('utf8').trimEnd().split('\n')
  const former = lines.pop() as string
  const body = change(lines)
  const digest = createHash('sha256')
    .update(body.map((line) => `${line}\n`).join(''))
    .digest('hex')
  const closing = { own: [JSON.stringify(['end', { rows: {}, sha256: digest }])], former: [former], none: [] }[end]
  const path = join(directory, `${digest}.changed`)
  writeFileSync(path, gzipSync(`${[...body, ...closing].join('\n')}\n`))
  return path
}

/** Writes an archive of this database's present schema and rows into `path`. */
export async function archiveOf(db: Database, path: string): Promise<void> {
  let text = ''
  await writeBackup(db, { kind: 'system' }, new Date(), async (more) => {
    text += more
  })
  writeFileSync(path, gzipSync(text))
}
