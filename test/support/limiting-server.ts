import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGzip, type Gzip } from 'node:zlib'

/** A server that speaks the streams of the contract (section 5) and is at its limits: what ours answers only to whoever has read millions of lines. */
export interface LimitingServer {
  url: string
  /** What a reader of this organization asked for, one request after the other. */
  asked(organization: string): string[]
  /** How long it waited between its first two requests of a kind, in ms. */
  waitedMs(organization: string, path: string): number
  /** Sends a measurement with an offset of its own to all live streams; `L1`, `L2`, and so on. */
  measure(): void
  close(): Promise<void>
}

/** Longer than a program waits that is not told. */
export const retryAfterSeconds = 3

const lineOf = (offset: string) =>
  `{"sensorId":"s1","timestamp":"2027-03-14T09:26:53.000Z","numericValue":1,"offset":"${offset}"}\n`
const messageOf = (type: string) => `{"replaySystemMessageType":"${type}ReplaySystemMessage","message":"${type}."}\n`

/**
 * To each organization's reader: one 429 before its first live stream, which then brings the offset `FIRST`. A replay up to there is one 429, then
 * the measurement of `HALF` and RateLimitReached; and what is asked for from `HALF` on, is sent to its end.
 */
export async function startLimitingServer(): Promise<LimitingServer> {
  const asked = new Map<string, { path: string; at: number }[]>()
  const live = new Set<Gzip>()
  let measured = 0
  const server = createServer((request, response) => {
    const [, organization = '', path = ''] = /organizations\/([^/]+)\/measurements\/(.*)$/.exec(request.url ?? '') ?? []
    const before = asked.get(organization) ?? []
    asked.set(organization, [...before, { path, at: performance.now() }])
    if (!before.some((one) => one.path === path)) return refuse(response)
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' })
    const stream = createGzip()
    stream.pipe(response)
    if (path === 'live') {
      live.add(stream)
      response.on('close', () => live.delete(stream))
      return send(stream, lineOf('FIRST'))
    }
    stream.end(
      path.includes('fromOffset=HALF')
        ? lineOf('FIRST') + messageOf('Completed')
        : lineOf('HALF') + messageOf('RateLimitReached'),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: (organization) => (asked.get(organization) ?? []).map(({ path }) => path),
    waitedMs: (organization, path) => {
      const [first, second] = (asked.get(organization) ?? []).filter((one) => one.path === path)
      return (second?.at ?? 0) - (first?.at ?? 0)
    },
    measure: () => {
      measured += 1
      for (const stream of live) send(stream, lineOf(`L${measured}`))
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(stream: Gzip, line: string): void {
  stream.write(line)
  stream.flush()
}

/** The first request of each kind is one too many. */
function refuse(response: ServerResponse): void {
  response.writeHead(429, { 'content-type': 'application/problem+json', 'retry-after': String(retryAfterSeconds) })
  response.end('{"type":"#too-many-requests","status":429}')
}
