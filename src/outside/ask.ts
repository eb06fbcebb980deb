import { type ClientRequest, Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Inside } from '../address-settings.ts'
import { hostOf, isListed, isPublic } from './addresses.ts'
import { Ending } from './ending.ts'
import { type Resolve, systemNames } from './names.ts'

/** All of a request, from the name's look-up to the head of the answer, where nothing less is asked for; of its body, what has come by then is kept. */
export const outsideWithinMs = 15_000
/** Of an answer's body; the rest is not read. */
export const outsideAnswerMax = 256 * 1024
/** Of a body that is sent. */
export const outsideBodyMax = 1024 * 1024
/** How long a connection that is kept waits for the next request, and how many to one host do. */
const keptMs = 4_000
const keptConnectionsMax = 128
const urlLengthMax = 2000
const saidLengthMax = 300

/** A request to a host that somebody of a company has named. */
export interface OutsideRequest {
  url: string
  method?: 'GET' | 'POST' | 'PUT'
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** At most outsideWithinMs. */
  withinMs?: number
  /** At most outsideAnswerMax. */
  answerMax?: number
  /** Asked once the connection stands, before anything is sent: false, and nothing is. Never rejects: that would count as the other side's failure. */
  ready?: () => Promise<boolean>
  /** Sent on a connection that an earlier request to the same host has left, and leaving it to a later one. */
  keep?: boolean
  /** Ends it early; what was sent is sent. */
  signal?: AbortSignal
}

/** An answer, whatever its status: a redirect is an answer too, and never followed. */
export interface OutsideAnswer {
  state: 'answered'
  status: number
  headers: Record<string, string>
  body: Buffer
  /** Whether there was, or may have been, more of the body than is kept: it was too long, too late, or broke off. */
  cut: boolean
  /** The address that was connected to. */
  address: string
  tookMs: number
}

/** `refused`: this server does not ask that, and connected to nothing. `failed`: there was no answer this time. */
export interface OutsideFailure {
  state: 'refused' | 'failed'
  reason: 'not-allowed' | 'unknown-host' | 'not-reached' | 'not-trusted' | 'too-late' | 'ended'
  /** For whoever named the address. */
  error: string
  address?: string
  tookMs: number
}

/** Never throws for what the other side does: that is an outcome. */
export type Ask = (asked: OutsideRequest) => Promise<OutsideAnswer | OutsideFailure>

/**
 * The one way in which this server asks other hosts (SSRF): the name is looked up once, each address is judged, and only those that
 * were judged are connected to, so that a name cannot change its mind in between; an address written in the URL, in whatever spelling, is judged
 * alike. HTTPS, with the certificate checked against the name; plain HTTP only where the operator lists the address. No redirects, no proxies,
 * no compression; bodies, answers and time are bounded (I9). A connection is used again where that is asked for, and its other end is among the
 * addresses that were judged this time.
 */
export function outsideAsk(inside: Inside, resolve: Resolve = systemNames()): Ask {
  const settings = { keepAlive: true, timeout: keptMs, maxFreeSockets: keptConnectionsMax }
  const [plain, tls] = [new PlainAgent(settings), new TlsAgent(settings)]
  return async (asked) => {
    const begunAt = performance.now()
    const tookMs = () => Math.round(performance.now() - begunAt)
    const ending = new Ending(Math.min(asked.withinMs ?? outsideWithinMs, outsideWithinMs), tooLate, asked.signal, ended)
    let address: string | undefined
    try {
      const url = urlOf(asked)
      const addresses = await judged(inside, url, unlessOver(resolvedBy(resolve, hostOf(url)), ending))
      const reached = (at: string) => {
        address = at
      }
      const kept = asked.keep ? (url.protocol === 'https:' ? tls : plain) : false
      const answer = await answerOf(url, asked, { addresses, ending, reached, agent: kept }).catch((error) => {
        if (!(error instanceof Stale) || ending.reason !== undefined) throw error
        return answerOf(url, asked, { addresses, ending, reached, agent: false })
      })
      return { state: 'answered', ...answer, tookMs: tookMs() }
    } catch (error) {
      const known = ending.reason ?? (error instanceof NotAsked ? error : failureOf(error as Error & { code?: string }))
      const { state, reason, message } = known
      return { state, reason, error: message, ...(address === undefined ? {} : { address }), tookMs: tookMs() }
    } finally {
      ending.clear()
    }
  }
}

/** A connection that was kept is of no use any more: its other end closed it before it answered anything, or is not among the judged addresses. */
class Stale extends Error {}

class NotAsked extends Error {
  readonly state: OutsideFailure['state']
  readonly reason: OutsideFailure['reason']
  constructor(state: OutsideFailure['state'], reason: OutsideFailure['reason'], message: string) {
    super(message)
    this.state = state
    this.reason = reason
  }
}

const refused = (message: string) => new NotAsked('refused', 'not-allowed', message)
/** The way out, for whoever named the address. */
const onlyListed = 'it is asked only where the operator of this server lists it (ASSENT_INSIDE_ADDRESSES)'
const tooLate = () => new NotAsked('failed', 'too-late', 'There was no answer in time.')
const ended = () => new NotAsked('failed', 'ended', 'The request was ended.')

/** The WHATWG parser writes each spelling of an IPv4 address (0x7f.1, 2130706433) as four decimals, and IPv6 in its shortest form. */
function urlOf({ url: text, body }: OutsideRequest): URL {
  if (text.length > urlLengthMax || !URL.canParse(text)) throw refused('This is no address of the web.')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('Give an address that begins with https://.')
  if (url.username !== '' || url.password !== '') throw refused('The address must not hold a name or a password.')
  if (body !== undefined && Buffer.byteLength(body) > outsideBodyMax) throw refused('There is more to send than is allowed.')
  return url
}

async function resolvedBy(resolve: Resolve, host: string): Promise<{ address: string; family: number }[]> {
  const family = isIP(host)
  if (family !== 0) return [{ address: host, family }]
  try {
    return await resolve(host)
  } catch (error) {
    if ((error as { code?: string }).code === 'ETIMEOUT') throw tooLate()
    throw new NotAsked('failed', 'unknown-host', `There is no address for ${host}.`)
  }
}

/** Those of the addresses that may be asked: listed ones, and by HTTPS public ones. Throws where there is none. */
async function judged(inside: Inside, url: URL, resolving: Promise<{ address: string; family: number }[]>) {
  const host = hostOf(url)
  const addresses = await resolving
  const listed = addresses.filter(({ address }) => isListed(inside, host, address))
  if (listed.length > 0) return listed
  const open = addresses.filter(({ address }) => isPublic(address))
  // Which address it was is not told: whoever named the host would learn of the operator's network.
  if (open.length === 0) throw refused(`${host} is inside, and no address of the public internet: ${onlyListed}.`)
  if (url.protocol === 'http:') throw refused(`By plain HTTP, ${onlyListed}. Give an address that begins with https://.`)
  return open
}

interface Connecting {
  /** Those that were judged. */
  addresses: { address: string; family: number }[]
  ending: Ending<NotAsked>
  reached: (address: string) => void
  /** Whose connections are used again; false: a new one is made. */
  agent: PlainAgent | TlsAgent | false
}

function answerOf(
  url: URL,
  { method = 'GET', headers, body, answerMax = outsideAnswerMax, ready = async () => true }: OutsideRequest,
  { addresses, ending, reached, agent }: Connecting,
): Promise<Omit<OutsideAnswer, 'state' | 'tookMs'>> {
  const judgedOnly: LookupFunction = (_, options, callback) => {
    if (options.all) return callback(null, addresses)
    const [first] = addresses as [{ address: string; family: number }]
    callback(null, first.address, first.family)
  }
  const keptMax = Math.min(answerMax, outsideAnswerMax)
  const { promise, resolve, reject } = Promise.withResolvers<Omit<OutsideAnswer, 'state' | 'tookMs'>>()
  const options = { method, headers: { ...sent(body), ...headers }, agent, lookup: judgedOnly }
  const asking: ClientRequest = url.protocol === 'https:' ? tlsRequest(url, options) : plainRequest(url, options)
  const forget = ending.once((reason) => asking.destroy(reason))
  let address = ''
  asking.once('socket', (socket) => {
    const connected = () => {
      address = socket.remoteAddress ?? ''
      reached(address)
    }
    // Nothing has left before: the head goes with the body.
    const send = () =>
      ready().then(
        (is) => (is ? asking.end(body) : asking.destroy(new NotAsked('refused', 'ended', 'The request was taken back.'))),
        (error: Error) => asking.destroy(error),
      )
    if (asking.reusedSocket) {
      if (!addresses.some((one) => one.address === socket.remoteAddress)) return void asking.destroy(new Stale())
      connected()
      return void send()
    }
    socket.once('connect', connected)
    socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', send)
  })
  // Once it has begun, the answer's status decides, whatever becomes of its body.
  let breakOff: () => void = () => {}
  asking.once('error', (error) => {
    breakOff()
    reject(asking.reusedSocket && /^(ECONNRESET|EPIPE)$/.test((error as { code?: string }).code ?? '') ? new Stale() : error)
  })
  // Also where no answer came that counts as one, such as a switch to another protocol.
  asking.once('close', () => {
    forget()
    breakOff()
    reject(new Error('The connection was closed.'))
  })
  asking.once('response', (response) => {
    const chunks: Buffer[] = []
    let kept = 0
    const done = (cut: boolean) => {
      const status = response.statusCode as number
      resolve({ status, headers: textOf(response.headers), body: Buffer.concat(chunks), cut, address })
    }
    response.on('data', (chunk: Buffer) => {
      const part = chunk.subarray(0, keptMax - kept)
      kept += part.length
      chunks.push(part)
      if (part.length < chunk.length) {
        done(true)
        asking.destroy()
      }
    })
    response.once('end', () => done(false))
    breakOff = () => done(true)
    response.once('error', breakOff)
  })
  return promise
}

function sent(body: string | Uint8Array | undefined): Record<string, string> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return { 'user-agent': 'Assent', 'accept-encoding': 'identity', ...length }
}

function textOf(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) texts[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return texts
}

/** A look-up cannot be ended: what it finds too late is left. */
function unlessOver<Result>(work: Promise<Result>, ending: Ending<NotAsked>): Promise<Result> {
  const over = Promise.withResolvers<never>()
  const forget = ending.once(over.reject)
  return Promise.race([work, over.promise]).finally(forget)
}

/** What went wrong, in words for whoever named the address, by the codes of Node and OpenSSL. */
const wordsOf: Record<string, string> = {
  ECONNREFUSED: 'Nothing takes connections there.',
  ECONNRESET: 'The connection was closed.',
  EPIPE: 'The connection was closed.',
  EHOSTUNREACH: 'There is no way to the host.',
  ENETUNREACH: 'There is no way to the host.',
  CERT_HAS_EXPIRED: 'Its certificate has expired.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another name.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is signed by itself.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate is signed by nobody known.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'Its certificate is signed by nobody known.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate comes without those that lead to one known.',
}

function failureOf(error: Error & { code?: string }): NotAsked {
  const code = error.code ?? ''
  const isTls = /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED)/.test(code)
  const isHttp = code.startsWith('HPE_')
  const other = isTls
    ? 'It does not answer by TLS as it should.'
    : isHttp
      ? 'What it answers is no HTTP.'
      : 'The connection failed.'
  const said = wordsOf[code] ?? (code === '' ? error.message.replaceAll(/\s+/g, ' ').slice(0, saidLengthMax) : other)
  return new NotAsked('failed', isTls ? 'not-trusted' : 'not-reached', code === '' ? said || other : `${said} (${code})`)
}
