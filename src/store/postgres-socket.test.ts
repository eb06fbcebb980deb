import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { streamsSocket } from './postgres-socket.ts'

/** A message of PostgreSQL's protocol: a type, its length without the type, and its content. */
function message(length: number): Buffer {
  const head = Buffer.alloc(5)
  head.write('D')
  head.writeUInt32BE(length + 4, 1)
  return Buffer.concat([head, randomBytes(length)])
}

test('messages of all sizes, cut anywhere, are handed on whole, in order and as they were sent', async () => {
  const messages = Array.from({ length: 300 }, (_, nth) =>
    message(nth === 100 ? 3_000_000 : randomInt(nth % 20 === 0 ? 200_000 : 400)),
  )
  const sent = Buffer.concat(messages)
  const ends = new Set<number>()
  for (const [nth, { length }] of messages.entries()) ends.add(length + (nth === 0 ? 0 : ([...ends].at(-1) ?? 0)))
  const server = createServer(async (peer) => {
    for (let at = 0; at < sent.length; ) {
      const next = Math.min(sent.length, at + 1 + randomInt(100_000))
      // Each in a packet of its own, as far as the system will have it.
      await new Promise((resolve) => peer.write(sent.subarray(at, next), resolve))
      at = next
    }
    peer.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = streamsSocket()
  const got: Buffer[] = []
  let length = 0
  socket.on('data', (bytes: Buffer) => {
    length += bytes.length
    expect(ends.has(length)).toBe(true)
    got.push(Buffer.from(bytes))
  })
  socket.connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'close')
  server.close()
  expect(Buffer.concat(got).equals(sent)).toBe(true)
})
