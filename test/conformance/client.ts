import { Agent, request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { request as httpsRequest, Agent as TlsAgent } from 'node:https'
import { gunzipSync } from 'node:zlib'
import { world } from './world.ts'

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  /** Names and values in the order in which they arrived. */
  rawHeaders: string[]
  /** The body as it arrived. */
  bytes: Buffer
  /** The body decompressed, as UTF-8; a byte that is none makes reading it fail. */
  text: string
  httpVersion: string
  /** Whether the request went over a connection that had carried one before. */
  reused: boolean
}

export interface Call {
  /** The API key; none is sent if absent. */
  key?: string
  method?: string
  headers?: Record<string, string>
  agent?: Agent
  /** A good client waits as long as a 429 says, and so does the suite, unless a 429 is what it is after. */
  impatient?: boolean
  /** The answer may be a stream without an end: of a 200, only the head is awaited, and the connection is closed. */
  headOnly?: boolean
}

export const base = new URL(world.url)
export const tls = base.protocol === 'https:'
export const newAgent = (): Agent => (tls ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true }))
const usual = newAgent()
const timeoutMs = 30_000
const triesMax = 3

/** One request for `path` after the base URL, sent as it is written: nothing is normalized or encoded on the way. */
export async function call(path: string, options: Call = {}): Promise<Reply> {
  for (let tries = 1; ; tries++) {
    const reply = await callOnce(path, options)
    if (reply.status !== 429 || options.impatient || tries === triesMax) return reply
    await new Promise((resolve) => setTimeout(resolve, 1000 * Number(reply.headers['retry-after'] ?? 1)))
  }
}

function callOnce(path: string, { key, method = 'GET', headers = {}, agent = usual, headOnly = false }: Call): Promise<Reply> {
  const options: RequestOptions = {
    agent,
    method,
    host: base.hostname,
    port: base.port,
    path: base.pathname.replace(/\/$/, '') + path,
    headers: { ...(key === undefined ? {} : { authorization: `bearer ${key}` }), ...headers },
    timeout: timeoutMs,
  }
  return new Promise((resolve, reject) => {
    const sent = (tls ? httpsRequest : httpRequest)(options, (answer) => {
      const { statusCode: status = 0, rawHeaders, httpVersion } = answer
      const head = { status, headers: answer.headers, rawHeaders, httpVersion, reused: sent.reusedSocket }
      if (headOnly && status === 200) {
        resolve({ ...head, bytes: Buffer.alloc(0), text: '' })
        sent.destroy()
        return
      }
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const plain = answer.headers['content-encoding'] === 'gzip' && bytes.length > 0 ? gunzipSync(bytes) : bytes
        resolve({ ...head, bytes, text: new TextDecoder('utf-8', { fatal: true }).decode(plain) })
      })
    })
    sent.on('upgrade', () => reject(new Error(`${path} was answered with another protocol.`)))
    sent.on('timeout', () => sent.destroy(new Error(`${path} was not answered within ${timeoutMs} ms.`)))
    sent.on('error', reject)
    sent.end()
  })
}
