import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An answer in place of the server's. */
export interface InsteadAnswer {
  status: number
  headers?: Record<string, string>
  body?: string
}

/**
 * A plain proxy before a server, as sites have them: its address stays when the server behind it changes. It can be told to answer by
 * itself, as proxies and overloaded servers do.
 */
export interface Front {
  url: string
  /** Paths of the requests that came, with the status that each was answered with. */
  answered: { path: string; status: number }[]
  /** Passes requests on to this address; null: it drops the connection of each. */
  passTo(url: string | null): void
  /** Answers the next requests with these, and passes on those after. */
  answerNext(...answers: InsteadAnswer[]): void
  /** Answers all requests to this path (without its query) with this; null: passes them on again. */
  answerAt(path: string, answer: InsteadAnswer | null): void
  close(): Promise<void>
}

export async function startFront(url: string | null): Promise<Front> {
  let target = url
  const instead: InsteadAnswer[] = []
  const insteadAt = new Map<string, InsteadAnswer>()
  const answered: Front['answered'] = []
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url as string
    outgoing.on('finish', () => answered.push({ path, status: outgoing.statusCode }))
    const answer = insteadAt.get(path.split('?')[0] as string) ?? instead.shift()
    if (answer) {
      incoming.resume()
      outgoing.writeHead(answer.status, answer.headers).end(answer.body)
    } else if (target === null) {
      incoming.socket.destroy()
    } else {
      const passed = request(new URL(path, target), { method: incoming.method, headers: incoming.headers }, (response) => {
        outgoing.writeHead(response.statusCode as number, response.headers)
        response.pipe(outgoing)
      })
      passed.on('error', () => incoming.socket.destroy())
      incoming.pipe(passed)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    passTo(next) {
      target = next
    },
    answerNext: (...answers) => instead.push(...answers),
    answerAt(path, answer) {
      if (answer) insteadAt.set(path, answer)
      else insteadAt.delete(path)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
