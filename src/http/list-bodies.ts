import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const compress = promisify(gzip)

/** Level 1 costs a third of the default's time for a tenth more bytes: a list is made anew at each change. */
export const listGzipLevel = 1

const keptBytesMax = 32 * 1024 * 1024

/** A list's body, plain and (from the first time that it is asked for) compressed. */
export interface ListBody {
  version: string
  /** How many there are in it. */
  objects: number
  plain: Buffer
  gzip?: Promise<Buffer>
}

/**
 * The latest bodies of lists, the least recently sent thrown away first. A body depends on organization, family and version
 * alone; the right to it is asked of the database for every request, in the statement that gives the version (I1).
 */
export class ListBodies {
  readonly #bodies = new Map<string, ListBody>()
  #bytes = 0

  get(list: string): ListBody | undefined {
    const body = this.#bodies.get(list)
    if (body) {
      this.#bodies.delete(list)
      this.#bodies.set(list, body)
    }
    return body
  }

  set(list: string, body: ListBody): void {
    this.#drop(list)
    if (body.plain.length > keptBytesMax / 4) return
    this.#bodies.set(list, body)
    this.#bytes += body.plain.length
    for (const oldest of this.#bodies.keys()) {
      if (this.#bytes <= keptBytesMax) break
      this.#drop(oldest)
    }
  }

  #drop(list: string): void {
    const body = this.#bodies.get(list)
    if (!body) return
    this.#bodies.delete(list)
    this.#bytes -= body.plain.length
  }
}

/** The body compressed, once for all who ask. */
export function gzipped(body: ListBody): Promise<Buffer> {
  body.gzip ??= compress(body.plain, { level: listGzipLevel })
  return body.gzip
}
