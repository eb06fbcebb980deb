import { connect, type Socket } from 'node:net'
import { quoted, wordsOf } from './protocol.ts'

const bounds = {
  /** How long upsd may take to accept the connection, and to end each answer. */
  answerMsMax: 5000,
  answerBytesMax: 4 * 1024 * 1024,
}

export interface UpsdAddress {
  host: string
  port: number
  username?: string | undefined
  password?: string | undefined
}

/** upsd answered `ERR`: its code, for example DATA-STALE, DRIVER-NOT-CONNECTED, ACCESS-DENIED. The connection goes on. */
export class UpsdRefused extends Error {
  readonly code: string

  constructor(code: string) {
    super(`upsd answers ${code}`)
    this.code = code
  }
}

/** One connection to upsd. A command at a time; after any error but UpsdRefused it is closed and of no more use. */
export interface UpsdConnection {
  /** The rows between `BEGIN LIST …` and `END LIST …`, as words, each without the first one and the query's own. */
  list(query: string): Promise<string[][]>
  close(): void
}

/** Connects to upsd and gives it the name and password, where there are such. */
export async function connectUpsd(address: UpsdAddress): Promise<UpsdConnection> {
  const socket = connect({ host: address.host, port: address.port })
  const ask = asker(socket)
  try {
    if (address.username !== undefined) await ask(`USERNAME ${quoted(address.username)}`, isOneLine)
    if (address.password !== undefined) await ask(`PASSWORD ${quoted(address.password)}`, isOneLine)
  } catch (error) {
    socket.destroy()
    throw error
  }
  return {
    async list(query) {
      const lines = await ask(`LIST ${query}`, (text) => text.endsWith(`\nEND LIST ${query}\n`))
      const passed = query.split(' ').length
      return lines.slice(1, -1).map((line) => wordsOf(line).slice(passed))
    },
    close: () => socket.destroy(),
  }
}

function isOneLine(text: string): boolean {
  return text.endsWith('\n')
}

/** Asks over a socket: the lines of an answer that ends where `isWhole` says so. */
function asker(socket: Socket) {
  let received = ''
  let waiting: { isWhole(text: string): boolean; resolve(lines: string[]): void; reject(error: Error): void } | undefined
  let broken: Error | undefined
  let timer: NodeJS.Timeout | undefined

  function fail(error: Error) {
    broken ??= error
    clearTimeout(timer)
    socket.destroy()
    waiting?.reject(broken)
    waiting = undefined
  }

  socket.setEncoding('utf8')
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('upsd closed the connection')))
  socket.on('data', (chunk: string) => {
    received += chunk
    if (received.length > bounds.answerBytesMax) fail(new Error(`the answer is longer than ${bounds.answerBytesMax} bytes`))
    const refused = /^ERR (\S+).*\n$/.exec(received)
    if (waiting === undefined || !(refused || waiting.isWhole(received))) return
    const { resolve, reject } = waiting
    const lines = received.trimEnd().split('\n')
    waiting = undefined
    received = ''
    clearTimeout(timer)
    if (refused) reject(new UpsdRefused(refused[1] as string))
    else resolve(lines)
  })

  return (line: string, isWhole: (text: string) => boolean) =>
    new Promise<string[]>((resolve, reject) => {
      if (broken) return reject(broken)
      waiting = { isWhole, resolve, reject }
      timer = setTimeout(() => fail(new Error(`no answer within ${bounds.answerMsMax / 1000} s`)), bounds.answerMsMax)
      socket.write(`${line}\n`)
    })
}
