import { maxHeaderSize, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Context } from '../context.ts'
import { type ProblemCode, type ProblemMore, problemBody, problems } from './problem.ts'

/** Node says so of a connection whose client has gone. */
const gone = 'ECONNRESET'

/** How long a client may go on sending before it takes the answer: a connection closed at once would have the answer thrown away. */
const lingerMs = 1_000

/**
 * Answers what Node's parser could not read as a request, as a problem with an id like any other, and ends the connection: what follows on it
 * cannot be told apart. A head that is too long is a 400 too, for no stream answers 431 (contract, section 2).
 */
export function answerUnread(context: Context, id: string, error: NodeJS.ErrnoException, socket: Socket): void {
  // Answered before: the parser stumbles on what comes behind, too.
  if (error.code === gone || socket.destroyed || socket.writableEnded) return
  if (isAnswering(socket)) {
    socket.destroy()
    return
  }
  const [code, more] = whatIsWrong(error.code)
  const { status } = problems[code]
  context.log.info({ reqId: id, status, code: error.code }, 'not read')
  const body = problemBody(code, id, context.config.url, more)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${id}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  const late = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(late))
}

function whatIsWrong(code: string | undefined): [ProblemCode, ProblemMore] {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return ['request-timeout', {}]
  if (code === 'HPE_HEADER_OVERFLOW') {
    return [
      'request-malformed',
      { detail: `Address and headers of a request have at most ${maxHeaderSize} bytes. Send less of them.` },
    ]
  }
  return ['request-malformed', { detail: 'This is no HTTP/1.1 request. Check what sends it, and what stands between.' }]
}

/** In the middle of an answer another one would be taken for a part of it. */
function isAnswering(socket: Socket & { _httpMessage?: ServerResponse | null }): boolean {
  return socket._httpMessage?.headersSent === true
}
