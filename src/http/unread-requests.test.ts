import { createServer, maxHeaderSize } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../../test/support/server.ts'
import { answerUnread } from './unread-requests.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** What comes back on a connection of its own for these bytes, until the other side ends it. */
async function answerTo(bytes: string, url = server.url) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8')
  socket.write(bytes)
  let text = ''
  for await (const piece of socket) text += piece
  const [head = '', body = ''] = text.split('\r\n\r\n')
  return { head, problem: JSON.parse(body) as Record<string, unknown> }
}

const malformed = { type: expect.stringMatching(/^http.*\/docs\/errors#request-malformed$/), status: 400 }

describe('what cannot be read as a request', () => {
  test.each([
    ['a line that is none', 'GET\r\n\r\n', 'This is no HTTP/1.1 request.'],
    ['another protocol', '\x16\x03\x01\x02\x00\x01\x00', 'This is no HTTP/1.1 request.'],
    [
      'headers that are too long',
      `GET /rest/v1/organizations HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(2 * maxHeaderSize)}\r\n\r\n`,
      `have at most ${maxHeaderSize} bytes`,
    ],
  ])('%s is answered with a problem that says what to do', async (_, bytes, detail) => {
    const { head, problem } = await answerTo(bytes)
    expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json/)
    expect(problem).toMatchObject({ ...malformed, detail: expect.stringContaining(detail) })
    expect(head).toContain(`x-request-id: ${problem.requestId}`)
  })

  test('a request that does not come whole in its time is answered with 408', async () => {
    const impatient = createServer({ requestTimeout: 50, headersTimeout: 50, connectionsCheckingInterval: 20 })
    impatient.on('clientError', (error, socket) => answerUnread(server.context, 'id', error, socket as never))
    await new Promise<void>((resolve) => impatient.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(impatient.address() as AddressInfo).port}`
    const { problem } = await answerTo('GET / HTTP/1.1\r\n', url)
    expect(problem).toMatchObject({ status: 408, requestId: 'id', detail: expect.stringContaining('Send it again') })
    impatient.close()
  })
})

describe('what the management API cannot take', () => {
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, init)
    return { status: answer.status, problem: (await answer.json()) as Record<string, unknown> }
  }
  const send = (type: string, body: string) => ask('/session', { method: 'POST', headers: { 'content-type': type }, body })

  test('another media type is a 415 that says which to send', async () => {
    for (const type of ['text/plain', 'application/xml']) {
      const { status, problem } = await send(type, '{"email":"ada@example.com","password":"x"}')
      expect(status).toBe(415)
      expect(problem).toMatchObject({ detail: 'Send JSON, with "Content-Type: application/json".' })
    }
  })

  test('a body that is too large is a 413 that says how large it may be', async () => {
    const { status, problem } = await send('application/json', JSON.stringify({ email: 'x'.repeat(512 * 1024) }))
    expect(status).toBe(413)
    expect(problem.detail).toContain(`${512 * 1024} bytes`)
  })
})
