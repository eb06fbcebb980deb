import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { crc32, createGunzip, inflateRawSync } from 'node:zlib'
import { checkAnswer, type Operation } from '../support/contract.ts'
import { base, tls } from './client.ts'
import { ofStreams, type Parameters, pathWith } from './operations.ts'
import { type KeyName, world } from './world.ts'

/** A line as it could be read, and when (ms of a clock that only rises). */
export interface Line {
  text: string
  at: number
}

/** A stream while it is read: decompressed as its bytes come. */
export interface OpenStream {
  status: number
  headers: IncomingHttpHeaders
  httpVersion: string
  /** When the first byte of the body came; undefined before. */
  firstByteAt(): number | undefined
  /** All lines to now, heartbeats among them as empty ones. Of another answer than 200: its body. */
  lines: Line[]
  /** Resolves when the question is answered with true; throws where the stream ends before, or after `ms`. */
  until(what: string, isThere: () => boolean, ms?: number): Promise<void>
  /** How it ended: "properly" is with the last chunk, as one whole gzip member and lines as the document has them. Throws after `ms`. */
  ended(ms?: number): Promise<string>
  close(): void
}

const withinMs = 30_000
const open = new Set<OpenStream>()

/** Opens a stream with a key's text, waiting as long as a 429 says unless it is `impatient`. Its head is held against the document. */
export async function openStream(
  operationId: string,
  key: string,
  parameters: Parameters,
  { headers = {}, impatient = false }: { headers?: Record<string, string>; impatient?: boolean } = {},
): Promise<OpenStream> {
  const path = pathWith(ofStreams.find((one) => one.operationId === operationId) as Operation, parameters)
  for (let tries = 1; ; tries += 1) {
    const stream = await openOnce(operationId, path, { authorization: `bearer ${key}`, 'accept-encoding': 'gzip', ...headers })
    if (stream.status !== 429 || impatient || tries === 3) return stream
    await new Promise((resolve) => setTimeout(resolve, 1000 * Number(stream.headers['retry-after'] ?? 1)))
  }
}

/** The live stream of an organization. Throws where it is refused. */
export async function liveOf(key: KeyName, organizationId: string): Promise<OpenStream> {
  const stream = await openStream('liveMeasurements', world.keys[key], { organizationId })
  if (stream.status !== 200) throw new Error(`The live stream was answered ${stream.status}.`)
  return stream
}

/** Closes whatever a test has left open. */
export function closeStreams(): void {
  for (const stream of open) stream.close()
}

/** The documents in the lines, without heartbeats. */
export function documentsOf(stream: OpenStream): Record<string, unknown>[] {
  return stream.lines.flatMap(({ text }) => (text === '' ? [] : [JSON.parse(text) as Record<string, unknown>]))
}

export function offsetsOf(stream: OpenStream): string[] {
  return documentsOf(stream).flatMap(({ offset }) => (typeof offset === 'string' ? [offset] : []))
}

function openOnce(operationId: string, path: string, headers: Record<string, string>): Promise<OpenStream> {
  const options = { host: base.hostname, port: base.port, path: base.pathname.replace(/\/$/, '') + path, headers, agent: false }
  return new Promise((resolve, reject) => {
    const sent = (tls ? httpsRequest : httpRequest)(options, (answer) => {
      try {
        if (answer.statusCode === 200) checkAnswer(operationId, 200, answer.headers, undefined)
        resolve(reading(operationId, answer, () => sent.destroy()))
      } catch (error) {
        sent.destroy()
        reject(error)
      }
    })
    sent.on('upgrade', () => reject(new Error(`${path} was answered with another protocol.`)))
    sent.on('error', reject)
    sent.end()
  })
}

function reading(operationId: string, answer: IncomingMessage, destroy: () => void): OpenStream {
  const raw: Buffer[] = []
  let over: string | undefined
  let rest = ''
  let firstByteAt: number | undefined
  const finish = (how: string) => {
    over ??= how
    open.delete(stream)
  }
  const stream: OpenStream = {
    status: answer.statusCode as number,
    headers: answer.headers,
    httpVersion: answer.httpVersion,
    firstByteAt: () => firstByteAt,
    lines: [],
    until: (what, isThere, ms = withinMs) =>
      soon(what, ms, () => {
        if (isThere()) return true
        if (over !== undefined) throw new Error(`The stream ended (${over}) before: ${what}`)
        return false
      }),
    ended: async (ms = withinMs) => {
      await soon('the end of the stream', ms, () => over !== undefined)
      return over as string
    },
    close: destroy,
  }
  open.add(stream)
  answer.on('data', (bytes: Buffer) => {
    firstByteAt ??= performance.now()
    raw.push(bytes)
  })
  answer.on('close', () => {
    if (!answer.complete) finish('the connection was closed')
  })
  const plain = stream.status === 200 ? answer.pipe(createGunzip()) : answer
  plain.setEncoding('utf8')
  plain.on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() as string
    for (const part of parts) stream.lines.push({ text: part, at: performance.now() })
  })
  plain.on('error', (error) => finish(`not readable: ${error.message}`))
  plain.on('end', () => {
    const text = stream.lines.map((line) => `${line.text}\n`).join('') + rest
    if (!answer.complete) return
    try {
      checkAnswer(operationId, stream.status, answer.headers, text, true)
      if (stream.status === 200) checkMember(Buffer.concat(raw))
      finish('properly')
    } catch (error) {
      finish((error as Error).message)
    }
  })
  return stream
}

/** Throws unless the bytes are one gzip member (RFC 1952) and nothing else. Node's gunzip would read several, as few others do. */
function checkMember(bytes: Buffer): void {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) throw new Error('The body does not begin with a gzip header.')
  if (bytes[3] !== 0) throw new Error('The gzip header has optional parts, which the suite does not read.')
  const { buffer, engine } = inflateRawSync(bytes.subarray(10), { info: true }) as unknown as {
    buffer: Buffer
    engine: { bytesWritten: number }
  }
  const trailer = bytes.subarray(10 + engine.bytesWritten)
  if (trailer.length !== 8)
    throw new Error(`Behind the deflated data come ${trailer.length} bytes, not the 8 of one member's end.`)
  if (trailer.readUInt32LE(0) !== crc32(buffer)) throw new Error('The CRC-32 at the end of the gzip member is wrong.')
  if (trailer.readUInt32LE(4) !== buffer.length % 2 ** 32) throw new Error('The length at the end of the gzip member is wrong.')
}

/** Looks again and again. Throws after `ms`, or what `isThere` throws. */
async function soon(what: string, ms: number, isThere: () => boolean): Promise<void> {
  for (const late = performance.now() + ms; !isThere(); ) {
    if (performance.now() > late) throw new Error(`Not within ${ms} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
