import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { until } from './own-process.ts'

/** A request that a receiver of webhooks got. */
export interface Received {
  /** By performance.now(). */
  at: number
  path: string
  headers: IncomingHttpHeaders
  text: string
  /** What it was answered. */
  status: number
}

/** How a request is answered: a status, or more, at once or later; `silent`: never. */
export type Answering = (one: Omit<Received, 'status'>) => Answer | Promise<Answer>

type Answer = number | { status: number; headers?: Record<string, string> } | 'silent'

export interface Receiver {
  url: string
  received: Received[]
  /** What is answered from now on; 204 at first. */
  answer(answering: Answering): void
  /** The events that were taken (2xx), parsed. */
  events(): { type: string; timestamp: string; data: Record<string, never> & Record<string, unknown> }[]
  /** Waits, with a bound, until there is what is looked for among all requests. */
  got<Found>(what: string, find: (received: Received[]) => Found | null | undefined | false): Promise<Found>
  close(): Promise<void>
}

const gotWithinMs = 30_000

/** A receiver of webhooks in this process, on a free port of 127.0.0.1, reached by plain HTTP. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  let answering: Answering = () => 204
  const open = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    const at = performance.now()
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const one = { at, path: request.url ?? '', headers: request.headers, text: Buffer.concat(chunks).toString('utf8') }
      const given = await answering(one)
      if (given === 'silent') {
        received.push({ ...one, status: 0 })
        open.add(response)
        return
      }
      const { status, headers } = typeof given === 'number' ? { status: given, headers: {} } : given
      received.push({ ...one, status })
      response.writeHead(status, headers)
      response.end(status === 204 ? undefined : `answered ${status}`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (given) => {
      answering = given
    },
    events: () => received.filter(({ status }) => status >= 200 && status < 300).map(({ text }) => JSON.parse(text)),
    got: (what, find) => until(what, async () => find(received), gotWithinMs),
    close: () =>
      new Promise((resolve) => {
        for (const response of open) response.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
