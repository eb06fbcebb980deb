import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Batch } from '../../src/domain/batch.ts'
import { checkAnswer, operationAt } from './contract.ts'
import { accountOf, type Portal } from './portal-session.ts'

/** An answer as it came: status, headers, and the body's text. */
export interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/** Connections that are kept: what a test sends through them costs less than through fetch, and how many there are is known. */
export class Connections {
  readonly #agent: Agent

  constructor(max: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: max })
  }

  /** Sends one request. Rejects where the connection breaks before the answer is whole. */
  send(method: string, url: string, headers: Record<string, string> = {}, body?: Uint8Array): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, headers, agent: this.#agent }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({ status: answer.statusCode as number, headers: answer.headers, text: Buffer.concat(chunks).toString('utf8') }),
        )
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  /** Asks for a stream: resolves with its head, and closes the connection. Of any other answer the body is read. */
  head(url: string, headers: Record<string, string> = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      // An agent of its own that keeps connections: so the request is like any other, and closing it takes nobody else's.
      const agent = new Agent({ keepAlive: true })
      const sent = request(url, { headers, agent }, (answer) => {
        const reply = { status: answer.statusCode as number, headers: answer.headers, text: '' }
        if (reply.status === 200) {
          resolve(reply)
          sent.destroy()
          return
        }
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          agent.destroy()
          resolve({ ...reply, text: Buffer.concat(chunks).toString('utf8') })
        })
      })
      sent.on('error', reject)
      sent.end()
    })
  }

  /** Asks with a key. What the device-data API answers, but for streams, is held against its document. */
  async get(url: string, key: string, headers: Record<string, string> = {}): Promise<Reply> {
    const reply = await this.send('GET', url, { authorization: `Bearer ${key}`, ...headers })
    const operation = operationAt(url)
    if (operation && !operation.isStream && reply.headers['content-encoding'] === undefined)
      checkAnswer(operation.operationId, reply.status, reply.headers, reply.text)
    return reply
  }

  /** Sends a gateway's batch, under its own id. */
  batch(url: string, token: string, batch: Batch): Promise<Reply> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-encoding': 'gzip' }
    return this.send('POST', `${url}/ingest/v1/batches`, headers, gzipSync(JSON.stringify(batch), { level: 1 }))
  }

  close(): void {
    this.#agent.destroy()
  }
}

export interface PartnerOfTest {
  id: string
  partnerId: string
  portal: Portal
}

export interface CustomerOfTest {
  id: string
  name: string
  portal: Portal
  subscriptionId: string | undefined
  partnershipId: string | undefined
}

const yearMs = 365 * 24 * 3600 * 1000

/** Companies, keys and gateways, made by the management API alone: how every check comes to its scene. */
export class Door {
  readonly url: string
  readonly #token: string

  /** `dataDir` is where the server wrote its command line's token. */
  constructor(url: string, dataDir: string) {
    this.url = url
    this.#token = readFileSync(join(dataDir, 'cli-token'), 'utf8').trim()
  }

  /** Asks as the vendor. Throws where it is not answered with 2xx. */
  async vendor<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as Answer
  }

  /** A new account of a company, signed in. */
  async account(
    companyId: string,
    role = 'administrator',
    email = `${randomBytes(6).toString('hex')}@example.com`,
  ): Promise<Portal> {
    const link = await this.vendor<{ url: string }>('POST', `/companies/${companyId}/setup-links`, { role, email })
    return accountOf(this.url, link.url.replace(/^https?:\/\/[^/]+/, this.url), email)
  }

  async partner(name: string): Promise<PartnerOfTest> {
    const { id, partnerId } = await this.vendor<{ id: string; partnerId: string }>('POST', '/companies', {
      kind: 'partner',
      name,
    })
    return { id, partnerId, portal: await this.account(id) }
  }

  /** A customer; with `of`, connected to that partner and consenting, unless told otherwise. */
  async customer(
    name: string,
    of?: PartnerOfTest,
    { consent = true, subscription = true }: { consent?: boolean | object; subscription?: boolean } = {},
  ): Promise<CustomerOfTest> {
    const { id } = await this.vendor<{ id: string }>('POST', '/companies', { kind: 'customer', name })
    const portal = await this.account(id)
    const made: CustomerOfTest = { id, name, portal, subscriptionId: undefined, partnershipId: undefined }
    if (subscription) made.subscriptionId = await this.subscribe(id)
    if (of) made.partnershipId = await this.connect(made, of)
    if (of && consent !== false)
      await portal.send('PUT', `/partnerships/${made.partnershipId}/consent`, consent === true ? {} : { kinds: consent })
    return made
  }

  async subscribe(customerId: string, endsAt = new Date(Date.now() + yearMs).toISOString()): Promise<string> {
    return (await this.vendor<{ id: string }>('POST', `/companies/${customerId}/subscriptions`, { kind: 'paid', endsAt })).id
  }

  async connect(customer: CustomerOfTest, partner: PartnerOfTest): Promise<string> {
    const ends = { customerId: customer.id, partnerId: partner.partnerId }
    return (await this.vendor<{ id: string }>('POST', '/partnerships', ends)).id
  }

  /** A new key: its id, and its secret text. */
  async key(portal: Portal, kind: string, more: object = {}): Promise<{ id: string; secret: string }> {
    const { key, secret } = await portal.send<{ key: { id: string }; secret: string }>('POST', '/keys', {
      name: kind,
      kind,
      ...more,
    })
    return { id: key.id, secret }
  }

  async gateway(portal: Portal, name = 'Gateway'): Promise<{ id: string; token: string }> {
    const { gateway, token } = await portal.send<{ gateway: { id: string }; token: string }>('POST', '/gateways', { name })
    return { id: gateway.id, token }
  }
}

/** A reproducible source of numbers (mulberry32): a failed run is told by its seed. */
export function randomFrom(seed: number): { next(): number; below(max: number): number } {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { next, below: (max) => Math.floor(next() * max) }
}

/** The seed of this run: ASSENT_TEST_SEED, or a new one. It is printed with the counts. */
export function seedOfRun(): number {
  return Number(process.env.ASSENT_TEST_SEED ?? randomBytes(4).readUInt32LE(0))
}

/** Whether this is `npm run soak`: the long forms. */
export const soak = process.env.ASSENT_SOAK === '1' || process.env.ASSENT_SOAK === 'true'
