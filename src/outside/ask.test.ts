import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certificate } from '../../test/support/certificate.ts'
import { insideOf } from '../address-settings.ts'
import { isPublic } from './addresses.ts'
import { type OutsideRequest, outsideAnswerMax, outsideAsk } from './ask.ts'
import type { Resolve } from './names.ts'

/** All that a server of the inside was asked. */
const asked: string[] = []
let port = 0
let tlsPort = 0
const servers: Server[] = []

const answers: Record<string, RequestListener> = {
  '/echo': (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => response.writeHead(201, { 'x-kind': request.headers['x-kind'] ?? 'none' }).end(Buffer.concat(chunks)))
  },
  '/elsewhere': (_, response) => response.writeHead(302, { location: '/echo' }).end(),
  '/endless': (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    }
    response.on('drain', more)
    more()
  },
  '/silent': () => {},
  '/half': (_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy())
  },
  '/slowly': (_, response) => void response.writeHead(200).write('begun'),
  '/switch': (request) => request.socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
}

async function listening(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, () => resolve()))
  return (server.address() as AddressInfo).port
}

const listener: RequestListener = (request, response) => {
  asked.push(String(request.url))
  answers[String(request.url)]?.(request, response)
}

beforeAll(async () => {
  port = await listening(createServer(listener))
  tlsPort = await listening(createTlsServer(certificate, listener))
})
afterAll(() => {
  for (const server of servers) {
    server.close()
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void)()
  }
})

/** Names of tests that need one, each to addresses of its own. */
const named =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

const inside = (path: string, more: Partial<OutsideRequest> = {}) =>
  outsideAsk(insideOf(['127.0.0.1']))({ url: `http://127.0.0.1:${port}${path}`, ...more })

describe('what is not of the public internet is refused, and not connected to', () => {
  const spellings = [
    ...['127.0.0.1', '127.1', '0x7f.1', '0x7f000001', '2130706433', '0177.0.0.1', '127.0.0.1.', '0', '0.0.0.0', '0.1.2.3'],
    ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '100.127.255.254'],
    ...['192.0.0.8', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...['[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:10.0.0.1]', '[::127.0.0.1]'],
    ...[
      '[64:ff9b::127.0.0.1]',
      '[64:ff9b::a00:1]',
      '[64:ff9b:1::1]',
      '[2002:7f00:1::]',
      '[2002:808:808::1]',
      '[2001:0:4136:e378::]',
    ],
    ...['[fe80::1]', '[fec0::1]', '[fc00::1]', '[fd12:3456::1]', '[ff02::1]', '[2001:db8::1]', '[3fff::1]', '[100::1]'],
    ...['[4000::1]', '[::ffff:0:127.0.0.1]', '[5f00::1]', 'localhost', 'LocalHost', '１２７.0.0.1', '①②⑦.0.0.1'],
  ]
  test.each(spellings)('%s', async (host) => {
    const before = asked.length
    const outcome = await outsideAsk(insideOf([]))({ url: `https://${host}:${tlsPort}/echo` })
    expect(outcome).toMatchObject({ state: 'refused', reason: 'not-allowed' })
    expect(outcome).not.toHaveProperty('address')
    expect(asked.length).toBe(before)
  })

  test('nor what a name resolves to, in whatever form the resolver writes it; which address that was is not told', async () => {
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '::1',
      '::ffff:127.0.0.1',
      'fe80::1%lo',
      'fd00::1',
      '64:ff9b::10.0.0.1',
      'odd',
    ]) {
      const outcome = await outsideAsk(insideOf([]), named(address))({ url: `https://rebound.example:${tlsPort}/echo` })
      expect(outcome).toMatchObject({
        state: 'refused',
        error: expect.stringMatching(/^rebound\.example is inside, [^:]*: it is asked only where .*ASSENT_INSIDE_ADDRESSES\)\.$/),
      })
    }
  })

  test('and addresses of the public internet are public, also where IPv6 only carries them', () => {
    for (const address of ['8.8.8.8', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '172.32.0.1'])
      expect([address, isPublic(address)]).toEqual([address, true])
  })
})

test.each([
  ['ftp://example.com/', 'https://'],
  ['file:///etc/passwd', 'https://'],
  [
    'http://example.com/',
    'By plain HTTP, it is asked only where the operator of this server lists it (ASSENT_INSIDE_ADDRESSES). Give an',
  ],
  ['https://user:password@example.com/', 'name or a password'],
  ['nowhere', 'no address of the web'],
  [`https://example.com/${'x'.repeat(2000)}`, 'no address of the web'],
])('%s is refused', async (url, why) => {
  const outcome = await outsideAsk(insideOf([]), named('8.8.8.8'))({ url })
  expect(outcome).toMatchObject({ state: 'refused', error: expect.stringContaining(why) })
})

test('what the operator lists is asked, by plain HTTP too: an address, a network, a name', async () => {
  const body = JSON.stringify({ so: 'it is' })
  const posted = await inside('/echo', { method: 'POST', body, headers: { 'x-kind': 'test' } })
  expect(posted).toMatchObject({ state: 'answered', status: 201, cut: false, address: '127.0.0.1' })
  if (posted.state === 'answered') expect([posted.body.toString(), posted.headers['x-kind']]).toEqual([body, 'test'])
  const url = `http://hooks.internal:${port}/echo`
  for (const listed of ['127.0.0.0/8', 'hooks.internal', '::ffff:127.0.0.1']) {
    const outcome = await outsideAsk(insideOf([listed]), named('127.0.0.1'))({ url })
    expect([listed, outcome.state]).toEqual([listed, 'answered'])
  }
  for (const other of ['10.0.0.0/8', '::1', 'other.internal', 'internal'])
    expect((await outsideAsk(insideOf([other]), named('127.0.0.1'))({ url })).state).toBe('refused')
})

test('a name is looked up once, and only an address that was judged is connected to', async () => {
  let looks = 0
  const changing: Resolve = async () => {
    looks += 1
    return [{ address: looks === 1 ? '127.0.0.1' : '127.0.0.9', family: 4 }]
  }
  const url = `http://rebinding.example:${port}/echo`
  const outcome = await outsideAsk(insideOf(['127.0.0.1']), changing)({ url })
  expect(outcome).toMatchObject({ state: 'answered', address: '127.0.0.1' })
  expect(looks).toBe(1)
  const mixed = await outsideAsk(insideOf(['127.0.0.1']), named('10.0.0.1', '127.0.0.1'))({ url })
  expect(mixed).toMatchObject({ state: 'answered', address: '127.0.0.1' })
})

test("HTTPS is asked under the name's own certificate, and under no other", async () => {
  const ask = outsideAsk(insideOf(['127.0.0.1']), named('127.0.0.1'))
  const url = (name: string) => `https://${name}:${tlsPort}/echo`
  expect(await ask({ url: url('hooks.example') })).toMatchObject({ state: 'failed', reason: 'not-trusted' })
  const known = getCACertificates('default')
  setDefaultCACertificates([...known, certificate.cert])
  try {
    expect(await ask({ url: url('hooks.example') })).toMatchObject({ state: 'answered', status: 201 })
    expect(await ask({ url: url('other.example') })).toMatchObject({ state: 'failed', reason: 'not-trusted' })
  } finally {
    setDefaultCACertificates(known)
  }
})

test('a redirect is an answer, and not followed', async () => {
  const before = asked.length
  expect(await inside('/elsewhere')).toMatchObject({ state: 'answered', status: 302, headers: { location: '/echo' } })
  expect(asked.slice(before)).toEqual(['/elsewhere'])
})

test('an answer is read to its bound, time has one, and what breaks off is told', async () => {
  const endless = await inside('/endless')
  expect(endless).toMatchObject({ state: 'answered', cut: true })
  if (endless.state === 'answered') expect(endless.body.length).toBe(outsideAnswerMax)
  expect(await inside('/silent', { withinMs: 200 })).toMatchObject({ state: 'failed', reason: 'too-late', address: '127.0.0.1' })
  const never: Resolve = () => new Promise(() => {})
  const unresolved = await outsideAsk(insideOf([]), never)({ url: 'https://slow.example/', withinMs: 50 })
  expect(unresolved).toMatchObject({ state: 'failed', reason: 'too-late' })
  expect(await inside('/silent', { signal: AbortSignal.abort() })).toMatchObject({ state: 'failed', reason: 'ended' })
  expect(await inside('/switch')).toMatchObject({ state: 'failed', reason: 'not-reached' })
  expect(await inside('/echo', { headers: { 'x-kind': 'a\r\nb: c' } })).toMatchObject({ state: 'failed' })
  expect(await inside('/echo', { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) })).toMatchObject({ state: 'refused' })
  const unknown: Resolve = () => Promise.reject(new Error('ENOTFOUND'))
  const nowhere = await outsideAsk(insideOf([]), unknown)({ url: 'https://nowhere.example/' })
  expect(nowhere).toMatchObject({ state: 'failed', reason: 'unknown-host' })
})

test('once an answer has begun its status decides, also where its body breaks off, or takes longer than there is time: what came by then is kept', async () => {
  const [half, slowly] = await Promise.all([inside('/half'), inside('/slowly', { withinMs: 3_000 })])
  expect(half).toMatchObject({ state: 'answered', status: 200, cut: true, body: Buffer.from('half') })
  expect(slowly).toMatchObject({ state: 'answered', status: 200, cut: true, body: Buffer.from('begun') })
})

describe('a connection that is kept', () => {
  const url = () => `http://hook.example:${port}/echo`
  /** The ports of the clients that a server of the inside met. */
  const from: number[] = []
  beforeAll(() => {
    servers[0]?.on('connection', (socket) => from.push(socket.remotePort ?? 0))
  })

  test('takes the next request, and one that its other end has closed is replaced', async () => {
    const ask = outsideAsk(insideOf(['hook.example']), named('127.0.0.1'))
    const before = from.length
    for (const body of ['one', 'two', 'three']) {
      const outcome = await ask({ url: url(), method: 'POST', body, keep: true })
      expect(outcome).toMatchObject({ state: 'answered', status: 201, address: '127.0.0.1', body: Buffer.from(body) })
    }
    expect(from.length).toBe(before + 1)
    ;(servers[0] as unknown as { closeAllConnections(): void }).closeAllConnections()
    expect(await ask({ url: url(), method: 'POST', body: 'four', keep: true })).toMatchObject({ state: 'answered', status: 201 })
    expect(from.length).toBe(before + 2)
  })

  test('is not used where its address is not among those that the name has now, and nothing is sent where it may not be asked any more', async () => {
    let addresses = ['127.0.0.1']
    const ask = outsideAsk(insideOf(['127.0.0.1']), async () => addresses.map((address) => ({ address, family: 4 })))
    expect(await ask({ url: url(), method: 'POST', body: 'x', keep: true })).toMatchObject({ state: 'answered' })
    const [connected, requests] = [from.length, asked.length]
    addresses = ['127.0.0.2']
    expect(await ask({ url: url(), method: 'POST', body: 'x', keep: true })).toMatchObject({ state: 'refused' })
    expect([from.length, asked.length]).toEqual([connected, requests])
    const both = outsideAsk(insideOf(['hook.example']), async () => addresses.map((address) => ({ address, family: 4 })))
    addresses = ['127.0.0.1']
    expect(await both({ url: url(), method: 'POST', body: 'x', keep: true })).toMatchObject({ address: '127.0.0.1' })
    addresses = ['127.0.0.2']
    expect(await both({ url: url(), method: 'POST', body: 'x', keep: true })).toMatchObject({
      state: 'answered',
      address: '127.0.0.2',
    })
    const ready = async () => false
    expect(await both({ url: url(), method: 'POST', body: 'x', keep: true, ready })).toMatchObject({
      state: 'refused',
      reason: 'ended',
    })
  })
})
