import { createSocket } from 'node:dgram'

export interface NameServer {
  /** Where it is asked. */
  address: string
  /** The names that it was asked for, each once. */
  asked: Set<string>
  /** Each question for an IPv4 address, as it came. */
  questions: string[]
  close(): void
}

interface Ways {
  /** Names of which questions for other addresses than IPv4's stay unanswered. */
  halfSilent?: readonly string[]
  /** Names that stand for others: without addresses but IPv4's, the first question for which is lost. */
  aliases?: readonly string[]
  /** It says that it cannot answer. */
  declines?: boolean
}

/** A name server on loopback: it knows the IPv4 addresses of these names, leaves questions for those with `null` unanswered, and denies all other names. */
export async function startNameServer(
  names: Record<string, string[] | null>,
  { halfSilent = [], aliases = [], declines = false }: Ways = {},
): Promise<NameServer> {
  const socket = createSocket('udp4')
  const asked = new Set<string>()
  const questions: string[] = []
  socket.on('message', (question, { address, port }) => {
    const { name, type, end } = questionOf(question)
    const isLost = aliases.includes(name) && type === typeA && !asked.has(`${name} A`)
    asked.add(name)
    if (type === typeA) {
      asked.add(`${name} A`)
      questions.push(name)
    }
    const known = names[name]
    if (isLost || known === null || (type !== typeA && halfSilent.includes(name))) return
    const code = declines ? failing : known === undefined ? denied : 0
    const records = type === typeA ? (known ?? []).map(addressRecord) : aliases.includes(name) ? [aliasRecord] : []
    socket.send(answerTo(question.subarray(0, end), code, records), port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return { address: `127.0.0.1:${socket.address().port}`, asked, questions, close: () => socket.close() }
}

const headLength = 12
const typeA = 1
const failing = 2
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

/** The question, with answers that name what was asked for by a pointer to it. */
function answerTo(asked: Buffer, code: number, records: Buffer[]): Buffer {
  const answer = Buffer.from(asked)
  answer.writeUInt16BE(0x8180 | code, 2)
  answer.writeUInt16BE(code === 0 ? records.length : 0, 6)
  answer.fill(0, 8, headLength)
  return Buffer.concat(code === 0 ? [answer, ...records] : [answer])
}

function addressRecord(address: string): Buffer {
  return Buffer.from([0xc0, headLength, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)])
}

/** That it stands for the name `x`. */
const aliasRecord = Buffer.from([0xc0, headLength, 0, 5, 0, 1, 0, 0, 0, 60, 0, 3, 1, 'x'.charCodeAt(0), 0])
