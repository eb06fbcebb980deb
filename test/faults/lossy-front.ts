import { randomBytes } from 'node:crypto'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface LossyFront {
  url: string
  /** How many answers it has lost. */
  lost(): number
  close(): Promise<void>
}

/**
 * A proxy before a server that loses answers: `isLost` is asked for each request that the server has answered. With `renames`, the
 * planted fault of a gateway that gives a batch another id each time that it sends it.
 */
export async function startLossyFront(target: string, isLost: () => boolean, renames: boolean): Promise<LossyFront> {
  let lost = 0
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url as string, target)
    if (renames && url.searchParams.has('batchId')) url.searchParams.set('batchId', randomBytes(8).toString('hex'))
    const passed = request(url, { method: incoming.method, headers: incoming.headers }, (answer) => {
      if (isLost()) {
        lost += 1
        answer.resume().once('end', () => incoming.socket.destroy())
      } else {
        outgoing.writeHead(answer.statusCode as number, answer.headers)
        answer.pipe(outgoing)
      }
    })
    passed.on('error', () => incoming.socket.destroy())
    // The gateway was killed while it sent: half a request is not passed on as a whole one.
    incoming.on('error', () => passed.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lost: () => lost,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
