import { Socket } from 'node:net'

const bytesAtFirst = 256 * 1024
/** A message's type and its length, which counts itself but not the type (PostgreSQL's documentation, "Message Flow"). */
const typeBytes = 1
const headBytes = 5

/** What the driver is to read the blocks of streams from. Under TLS it is the driver's own: what that reads is in memory of TLS's already. */
export function streamsSocket(connection?: { ssl?: unknown }): Socket {
  return connection?.ssl ? new Socket() : socketOfWholeMessages()
}

/**
 * A connection that reads into one piece of memory, and hands on whole messages out of it. The driver's own allocates for each read, and once
 * more for each message that a read has cut in two: for a connection that reads megabytes a second this is what wakes V8's collector, which then
 * costs as much as all that is delivered. The memory grows to the largest message, which is a row with a block.
 *
 * Only where the driver keeps nothing that it is handed, beyond the call: it makes text of all of it, and of what is whole it leaves nothing over.
 */
function socketOfWholeMessages(): Socket {
  let memory = Buffer.allocUnsafeSlow(bytesAtFirst)
  let filled = 0
  const socket: Socket = new Socket({
    onread: {
      buffer: () => memory.subarray(filled),
      callback: (count) => {
        filled += count
        const whole = wholeMessages(memory, filled)
        if (whole > 0) {
          socket.emit('data', memory.subarray(0, whole))
          memory.copyWithin(0, whole, filled)
          filled -= whole
        }
        if (filled === memory.length) {
          const larger = Buffer.allocUnsafeSlow(2 * memory.length)
          memory.copy(larger)
          memory = larger
        }
        return true
      },
    },
  })
  return socket
}

/** How many of the first bytes are messages that are there to their end. */
function wholeMessages(memory: Buffer, filled: number): number {
  let whole = 0
  while (filled - whole >= headBytes) {
    const end = whole + typeBytes + memory.readUInt32BE(whole + typeBytes)
    if (end > filled) break
    whole = end
  }
  return whole
}
