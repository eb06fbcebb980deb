// Readers of streams, in a process of its own: they take what comes and throw it away. The first one decompresses it, and counts lines; or all do.
import type { Socket } from 'node:net'
import { createGunzip } from 'node:zlib'
import { answering } from '../answering.ts'
import { chunkReader } from './chunks.ts'
import { openStream } from './open-stream.ts'

/** `open`: so many readers, the keys in turn, each over the paths in turn. `count`: what came so far. `close`: of all of them. */
export type Reading =
  | { open: { url: string; paths: string[]; keys: string[]; count: number; allCountLines?: boolean } }
  | { count: true }
  | { close: true }

/** Bytes of the bodies as they came, chunks' sizes among them, of all readers; and those and lines of the ones that count lines. */
export interface Taken {
  bytes: number
  counted: { bytes: number; lines: number }
}

const openAtOnce = 50

let readers: Reader[] = []

answering<Reading, Taken>(async (reading) => {
  if ('open' in reading) await open(reading.open)
  const sum = (some: readonly Reader[], of: 'bytes' | 'lines') => some.reduce((all, reader) => all + reader[of], 0)
  const counting = readers.filter((reader) => reader.countsLines)
  const taken = { bytes: sum(readers, 'bytes'), counted: { bytes: sum(counting, 'bytes'), lines: sum(counting, 'lines') } }
  if ('close' in reading) {
    for (const reader of readers) reader.socket?.destroy()
    readers = []
  }
  return taken
})

async function open({
  url,
  paths,
  keys,
  count,
  allCountLines = false,
}: Extract<Reading, { open: object }>['open']): Promise<void> {
  const nth = <One>(list: One[], place: number) => list[place % list.length] as One
  for (let from = 0; from < count; from += openAtOnce) {
    const some = Array.from({ length: Math.min(openAtOnce, count - from) }, (_, place) => from + place)
    readers.push(
      ...(await Promise.all(some.map((place) => opened(url, nth(paths, place), nth(keys, place), allCountLines || place === 0)))),
    )
  }
}

interface Reader {
  socket?: Socket
  countsLines: boolean
  bytes: number
  lines: number
}

async function opened(url: string, path: string, key: string, countsLines: boolean): Promise<Reader> {
  const reader: Reader = { countsLines, bytes: 0, lines: 0 }
  const count = countsLines ? lineCounter() : undefined
  reader.socket = await openStream(url, path, key, (body) => {
    reader.bytes += body.length
    if (count) reader.lines = count(body)
  })
  return reader
}

/** Counts the lines in a chunked body that is one gzip member. */
function lineCounter(): (body: Buffer) => number {
  const gunzip = createGunzip()
  let lines = 0
  gunzip.on('data', (text: Buffer) => {
    for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) lines += 1
  })
  const chunks = chunkReader((chunk) => void gunzip.write(chunk))
  return (body) => {
    chunks(body)
    return lines
  }
}
