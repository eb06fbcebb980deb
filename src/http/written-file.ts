import { once } from 'node:events'
import type { Transform } from 'node:stream'

/**
 * How long a receiver may take to read on: on the embedded database everybody else waits for it, on PostgreSQL a snapshot is
 * held open.
 */
const readOnWithinMs = 10_000

/** A file that `work` writes, piece by piece, as fast as its receiver reads; it ends with the work. One that breaks off is no file: `broken` is told. */
export function fileWrittenBy<File extends Transform>(
  file: File,
  work: (write: (text: string) => Promise<void>) => Promise<void>,
  broken: (error: Error) => void,
): File {
  work((text) => written(file, text)).then(
    () => file.end(),
    (error: Error) => {
      broken(error)
      file.destroy(error)
    },
  )
  return file
}

/** Writes, and waits until there is room for more. Throws where the receiver is gone, or does not read on. */
async function written(file: Transform, text: string): Promise<void> {
  if (file.destroyed) throw new Error('The receiver went away.')
  if (file.write(text)) return
  const over = new AbortController()
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(readOnWithinMs)])
  try {
    await Promise.race([once(file, 'drain', { signal }), once(file, 'close', { signal })])
  } finally {
    over.abort()
  }
  if (file.destroyed) throw new Error('The receiver went away.')
}

/** The name of a file made at this moment. */
export function fileName(what: string, at: Date, ending: string): string {
  return `${what}-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z.${ending}`
}
