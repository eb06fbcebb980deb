import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { createGunzip } from 'node:zlib'

/** A measurement, or what a replay says at its end, as it came. */
export type StreamLine = Record<string, unknown>

/** A stream as a program reads it: decompressed as it comes, line by line. */
export interface ReadStream {
  status: number
  headers: IncomingMessage['headers']
  /** All lines that came, the empty ones (heartbeats) counted apart. */
  lines: StreamLine[]
  heartbeats: number
  /** Resolves when the stream has ended: properly, or by an error. */
  ended: Promise<'properly' | Error>
  /** Resolves when `isThere` holds of the lines; rejects where the stream ends before, or after `ms`. */
  until(what: string, isThere: (lines: readonly StreamLine[]) => boolean, ms?: number): Promise<void>
  /** Stops and goes on taking from the socket. */
  pause(): void
  resume(): void
  close(): void
}

const withinMs = 20_000

/** Opens a stream of the device-data API. Resolves with its head; an answer other than 200 has its body in `lines`. */
export function openStream(url: string, key: string, headers: Record<string, string> = {}): Promise<ReadStream> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      headers: { authorization: `Bearer ${key}`, 'accept-encoding': 'gzip', ...headers },
      agent: false,
    })
    asked.on('error', reject)
    asked.on('response', (answer) => resolve(readStream(asked, answer)))
    asked.end()
  })
}

function readStream(asked: ClientRequest, answer: IncomingMessage): ReadStream {
  const end = Promise.withResolvers<'properly' | Error>()
  const waiting = new Set<() => void>()
  let over: 'properly' | Error | undefined
  let rest = ''
  const stream: ReadStream = {
    status: answer.statusCode as number,
    headers: answer.headers,
    lines: [],
    heartbeats: 0,
    ended: end.promise,
    until: (what, isThere, ms = withinMs) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (isThere(stream.lines)) finish(resolve)
          else if (over !== undefined) finish(() => reject(new Error(`The stream ended (${over}) before: ${what}`)))
        }
        const late = setTimeout(() => finish(() => reject(new Error(`Not within ${ms} ms: ${what}`))), ms)
        const finish = (settle: () => void) => {
          clearTimeout(late)
          waiting.delete(look)
          settle()
        }
        waiting.add(look)
        look()
      }),
    pause: () => void answer.socket.pause(),
    resume: () => void answer.socket.resume(),
    close: () => void asked.destroy(),
  }
  const plain = answer.headers['content-encoding'] === 'gzip' ? answer.pipe(createGunzip()) : answer
  const finish = (how: 'properly' | Error) => {
    over ??= how
    end.resolve(over)
    for (const look of [...waiting]) look()
  }
  plain.setEncoding('utf8')
  plain.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() as string
    for (const line of lines) {
      if (line === '') stream.heartbeats += 1
      else stream.lines.push(JSON.parse(line))
    }
    for (const look of [...waiting]) look()
  })
  plain.on('end', () => {
    if (rest !== '') stream.lines.push(JSON.parse(rest))
    finish(answer.complete ? 'properly' : new Error('the response was cut off'))
  })
  plain.on('error', finish)
  answer.on('error', finish)
  // Of a complete answer the rest is still being decompressed.
  answer.on('close', () => {
    if (!answer.complete) finish(new Error('the connection was closed'))
  })
  return stream
}

/** The offsets in lines, in their order. */
export function offsetsIn(lines: readonly StreamLine[]): string[] {
  return lines.flatMap(({ offset }) => (typeof offset === 'string' ? [offset] : []))
}
