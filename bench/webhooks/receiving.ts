// Takes webhooks, and counts them: in a process of its own, whose time is nobody's.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answering } from '../answering.ts'

/** Where to send to; or, with `count`: answered when so many have come since the question before. */
export interface Receiving {
  count?: number
}

let came = 0
let awaited = { count: Number.POSITIVE_INFINITY, done: () => {} }
const server = createServer((request, response) => {
  request.resume()
  request.once('end', () => {
    response.writeHead(204).end()
    came += 1
    if (came >= awaited.count) awaited.done()
  })
})
server.keepAliveTimeout = 60_000
const listening = new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))

answering(async ({ count }: Receiving) => {
  await listening
  if (count !== undefined) {
    await new Promise<void>((done) => {
      awaited = { count, done }
      if (came >= count) done()
    })
    awaited = { count: Number.POSITIVE_INFINITY, done: () => {} }
  }
  came = 0
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
