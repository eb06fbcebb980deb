import { createSocket } from 'node:dgram'

export interface NameServer {
  /** Where it is asked. */
  address: string
  /** The names that it was asked for, each once. */
  asked: Set<string>
  close(): void
}

/**
 * A name server on loopback: it knows the IPv4 addresses of these names, leaves questions for those with `null` unanswered, and for any other address
 * of the names in `halfSilent`, and denies all other names.
 */
export async function startNameServer(
  names: Record<string, string[] | null>,
  halfSilent: readonly string[] = [],
): Promise<NameServer> {
  const socket = createSocket('udp4')
  const asked = new Set<string>()
  socket.on('message', (question, { address, port }) => {
    const { name, type, end } = questionOf(question)
    asked.add(name)
    const known = names[name]
    if (known !== null && (type === typeA || !halfSilent.includes(name)))
      socket.send(answerTo(question.subarray(0, end), type, known), port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return { address: `127.0.0.1:${socket.address().port}`, asked, close: () => socket.close() }
}

const headLength = 12
const typeA = 1
const denied = 3

/** RFC 1035, section 4.1: a head, then the name's parts, each behind its length, its type and its class. */
function questionOf(question: Buffer): { name: string; type: number; end: number } {
  const parts: string[] = []
  let at = headLength
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    parts.push(question.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: parts.join('.').toLowerCase(), type: question.readUInt16BE(at + 1), end: at + 5 }
}

/** The question, with an answer for each address, which names what was asked for by a pointer to it. */
function answerTo(asked: Buffer, type: number, known: string[] | undefined): Buffer {
  const addresses = type === typeA ? (known ?? []) : []
  const answer = Buffer.from(asked)
  answer.writeUInt16BE(0x8180 | (known === undefined ? denied : 0), 2)
  answer.writeUInt16BE(addresses.length, 6)
  answer.fill(0, 8, headLength)
  const records = addresses.map((address) =>
    Buffer.from([0xc0, headLength, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]),
  )
  return Buffer.concat([answer, ...records])
}
