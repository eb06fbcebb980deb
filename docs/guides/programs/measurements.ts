/**
 * Follows an organization's measurements and misses none: not when the connection is cut, nor when the server or this program starts anew.
 *
 *   KEY=ak_live_… node measurements.ts https://portal.example.com ORGANIZATION DIRECTORY
 *
 * Measurements are appended to DIRECTORY/measurements.ndjson, some of them twice: sensorId and timestamp tell. DIRECTORY/offset says up to
 * where all of them are there. RETRY_SECONDS (60): how long to wait where the server refuses. Needs Node 24 (22 with --experimental-strip-types), and nothing else.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface Measurement {
  sensorId: string
  timestamp: string
  numericValue?: number
  stringValue?: string
  offset?: string
}

/** A line of a stream: a measurement, or the message at the end of a replay, which has no sensorId. */
type Line = Measurement | { replaySystemMessageType: string; sensorId?: undefined }

export interface Following {
  /** Where the server is. */
  url: string
  key: string
  organization: string
  /** Up to where all is stored; undefined: nothing is yet, and the record begins with what comes now. */
  offset: string | undefined
  /** Stores measurements, and then the offset where one is given. The next ones come when it has resolved. */
  keep(measurements: Measurement[], offset: string | undefined): void | Promise<void>
  /** Ends the following. */
  signal: AbortSignal
}

/** A server that says nothing for so long, not even a heartbeat (every 10 s), is not there any more. */
const silenceMs = 30_000
const againAfterMs = 1_000
/** An organization that is not covered now may be again later; a limit that names no time is over after a minute. */
const refusedForMs = 1_000 * Number(process.env.RETRY_SECONDS ?? 60)

/** Follows until `signal` is aborted. Throws where the key is refused. */
export async function follow(following: Following): Promise<void> {
  while (!following.signal.aborted) {
    let pauseMs = againAfterMs
    try {
      pauseMs = await followOneStream(following)
    } catch (error) {
      if (error instanceof KeyRefused) throw error
      // Otherwise the connection was cut, or there was none: both happen, and the replay makes up for it.
    }
    await wait(pauseMs, undefined, { signal: following.signal }).catch(() => {})
  }
}

export class KeyRefused extends Error {}

/** Reads one live stream to its end, and replays what was missed before it. How long to pause until the next one. */
async function followOneStream(following: Following): Promise<number> {
  const over = new AbortController()
  const signal = AbortSignal.any([following.signal, over.signal])
  const live = await ask(following, 'live', signal)
  if (live.status !== 200) return pauseAfter(live)
  let newest: string | undefined
  let complete = following.offset === undefined
  let replaying: Promise<void> | undefined
  const replayTo = async (offset: string) => {
    await replay(following, offset, signal)
    complete = true
    await keep(following, [], newest)
  }
  try {
    for await (const lines of linesOf(live)) {
      const measurements = measurementsIn(lines)
      // While something before is missing, the stored offset stays: it says that all up to it is there.
      await keep(following, measurements, complete ? lastOffset(measurements) : undefined)
      newest = lastOffset(measurements) ?? newest
      const first = measurements.find(({ offset }) => offset !== undefined)?.offset
      if (!complete && first !== undefined) replaying ??= replayTo(first).catch(() => over.abort())
    }
    return againAfterMs
  } finally {
    over.abort()
    await replaying
  }
}

/** Replays from the stored offset up to `to`, however often it takes. Throws where this is to be left for now. */
async function replay(following: Following, to: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const answer = await ask(following, `replay?fromOffset=${following.offset}&toOffset=${to}`, signal)
    if (answer.status === 400) {
      // It has expired, or the customer has withdrawn and consented again: what was missed cannot be had.
      console.error(`what lies behind ${following.offset} cannot be replayed: ${await answer.text()}`)
      return
    }
    let pauseMs = againAfterMs
    if (answer.status === 200) {
      const last = await keepReplayed(following, answer)
      if (last === 'CompletedReplaySystemMessage') return
      if (last === 'RateLimitReachedReplaySystemMessage') pauseMs = refusedForMs
    } else pauseMs = pauseAfter(answer)
    if (answer.status === 403) throw new Error('not covered now')
    await wait(pauseMs, undefined, { signal })
  }
}

/** Stores what comes of a replay, with its offsets, so that the next one carries on. The type of the message at its end, if there is one. */
async function keepReplayed(following: Following, answer: Response): Promise<string | undefined> {
  let last: string | undefined
  try {
    for await (const lines of linesOf(answer)) {
      const measurements = measurementsIn(lines)
      await keep(following, measurements, lastOffset(measurements))
      for (const line of lines) {
        if (!('replaySystemMessageType' in line)) continue
        last = line.replaySystemMessageType
        if (last !== 'CompletedReplaySystemMessage') console.error(JSON.stringify(line))
      }
    }
  } catch {
    // Cut off: the next one begins where this has come to.
  }
  return last
}

async function keep(following: Following, measurements: Measurement[], offset: string | undefined): Promise<void> {
  if (following.signal.aborted || (measurements.length === 0 && offset === undefined)) return
  await following.keep(measurements, offset)
  following.offset = offset ?? following.offset
}

function measurementsIn(lines: Line[]): Measurement[] {
  return lines.filter((line) => line.sensorId !== undefined)
}

function lastOffset(measurements: Measurement[]): string | undefined {
  return measurements.findLast(({ offset }) => offset !== undefined)?.offset
}

async function ask(following: Following, path: string, signal: AbortSignal): Promise<Response> {
  const url = `${following.url}/rest/v1/organizations/${following.organization}/measurements/${path}`
  const answer = await fetch(url, { headers: { authorization: `Bearer ${following.key}` }, signal })
  if (answer.status === 401) throw new KeyRefused(await answer.text())
  if (answer.status !== 200 && answer.status !== 400) console.error(`${answer.status} ${await answer.text()}`)
  return answer
}

/** How long to wait after an answer that was none: as long as it says. */
function pauseAfter(answer: Response): number {
  const seconds = Number(answer.headers.get('retry-after'))
  if (seconds > 0) return 1000 * seconds
  return answer.status === 403 || answer.status === 429 ? refusedForMs : againAfterMs
}

/** The documents of a stream, as many as came at once; heartbeats are left out. Throws where the stream is cut off or silent. */
async function* linesOf(answer: Response): AsyncGenerator<Line[]> {
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const silent = setTimeout(() => void reader.cancel(), silenceMs)
      const { done, value } = await reader.read().finally(() => clearTimeout(silent))
      if (done) return
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
      // What has no end of line yet is no line yet: of a stream that is cut off it is left.
      rest = lines.pop() as string
      yield lines.filter((line) => line !== '').map((line) => JSON.parse(line))
    }
  } finally {
    void reader.cancel().catch(() => {})
  }
}

async function main([url = '', organization = '', directory = '.']: string[]): Promise<void> {
  mkdirSync(directory, { recursive: true })
  const file = join(directory, 'offset')
  await follow({
    url,
    organization,
    key: process.env.KEY ?? '',
    offset: existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined,
    keep: (measurements, offset) => {
      const lines = measurements.map((one) => `${JSON.stringify(one)}\n`).join('')
      appendFileSync(join(directory, 'measurements.ndjson'), lines)
      if (offset === undefined) return
      writeFileSync(`${file}.new`, offset)
      renameSync(`${file}.new`, file)
    },
    signal: new AbortController().signal,
  })
}

if (process.argv[1] === import.meta.filename) {
  await main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
