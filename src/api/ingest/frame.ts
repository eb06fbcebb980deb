import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { batchBounds } from '../../domain/batch.ts'
import { secretMatches } from '../../domain/server-secrets.ts'
import { bearerCredential } from '../../http/bearer.ts'
import { limitHeaders } from '../../http/limits.ts'
import { problem } from '../../http/problem.ts'
import { contactEveryMs, type GatewayRow, gatewayById, noteContact } from '../../store/ingest/gateway-tokens.ts'
import { type IngestGate, ingestGate } from './limits.ts'

/** What an operation is given: the gateway is authenticated, the body read and decompressed. `address`: from where it sends. */
export interface IngestAsked {
  context: Context
  gateway: GatewayRow & { address: string }
  body: unknown
  query: Record<string, unknown>
}

/** One operation of the ingest API: its path after /ingest/v1, and its part of the document. */
export interface IngestOperation {
  operationId: string
  method: 'GET' | 'POST'
  path: string
  /** What it takes; JSON of a batch's size where this is left out. */
  body?: { mediaType: string; bytesMax: number }
  document: Record<string, unknown>
  handle(asked: IngestAsked): Promise<object>
}

/** What is decompressed at a time: a report of a thousand lines needs two rounds rather than six. */
const gunzipBytes = 64 * 1024
const versionLengthMax = 200
/** How many gateways' last contacts are remembered, before all are asked about again. */
const contactsMax = 10_000

/** Registers operations on a server of their own scope. Answers 401, then 429 and 503, then what is wrong with the body. */
export function registerIngest(server: FastifyInstance, context: Context, operations: readonly IngestOperation[]): void {
  const gate = ingestGate()
  const contacts = contactNotes(context)
  server.removeContentTypeParser('text/plain')
  server.addContentTypeParser('application/x-ndjson', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  for (const {
    operationId,
    method,
    path,
    handle,
    body = { mediaType: 'application/json', bytesMax: batchBounds.bodyBytesMax },
  } of operations) {
    const gateways = new WeakMap<FastifyRequest, GatewayRow>()
    const places = new WeakMap<FastifyRequest, () => void>()
    server.route({
      method,
      url: path,
      bodyLimit: body.bytesMax,
      config: { operation: operationId },
      onRequest: async (request, reply) => {
        reply.header('cache-control', 'no-store')
        const gateway = await authenticated(context, request, reply)
        gateways.set(request, gateway)
        await limited(context, gateway, reply)
        places.set(request, admit(gate, gateway, request, reply))
      },
      // A response behind another one on its connection (HTTP pipelining) never closes where that connection breaks.
      onSend: async (request) => places.get(request)?.(),
      preParsing: async (request, _, payload) => {
        refuseOtherMedia(request, body.mediaType)
        return decompressed(request, payload)
      },
      handler: async (request) => {
        const gateway = gateways.get(request) as GatewayRow
        await contacts(gateway, request)
        return handle({
          context,
          gateway: { ...gateway, address: request.ip },
          body: request.body,
          query: request.query as Record<string, unknown>,
        })
      },
    })
  }
}

/** The gateway whose token a request bears. All refusals are alike. */
async function authenticated(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<GatewayRow> {
  const blocked = await context.limits.refusedTooOften(request.ip)
  const credential = bearerCredential(request.headers.authorization, 'gw_')
  const gateway = credential && (await gatewayById(context.db.system, credential.id))
  if (gateway && secretMatches(credential, gateway.secretHash, gateway.secretName, context.secrets)) return gateway
  if (blocked) {
    reply.headers(limitHeaders(blocked))
    throw problem('too-many-requests')
  }
  const { retryAfterSeconds: _, ...state } = await context.limits.refuse(request.ip)
  reply.headers(limitHeaders(state))
  throw problem('gateway-refused', { headers: { 'www-authenticate': 'Bearer' } })
}

async function limited(context: Context, gateway: GatewayRow, reply: FastifyReply): Promise<void> {
  const state = await context.limits.takeOf('ingest', gateway.id)
  reply.headers(limitHeaders(state))
  if (state.retryAfterSeconds !== undefined) throw problem('too-many-requests')
}

/** Takes a gateway's place among the requests at once. Returns what gives it back. Throws where there is none. */
function admit(gate: IngestGate, gateway: GatewayRow, request: FastifyRequest, reply: FastifyReply): () => void {
  const admission = gate.admit(gateway.id)
  if ('leave' in admission) {
    const { leave } = admission
    reply.raw.once('close', leave)
    // Neither event comes for whoever went away while the token was looked up: the place would be kept for good.
    if (reply.raw.destroyed || request.raw.destroyed) leave()
    return leave
  }
  const headers = { 'retry-after': String(admission.retryAfterSeconds) }
  throw admission.busy === 'gateway' ? problem('too-many-requests', { headers }) : problem('unavailable', { headers })
}

function refuseOtherMedia(request: FastifyRequest, mediaType: string): void {
  const given = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (request.method === 'GET' || given === mediaType) return
  throw problem('media-type', { detail: `Send "Content-Type: ${mediaType}".` })
}

/** The body as it was before its content coding. The bound on bodies counts what comes out of here. */
function decompressed(request: FastifyRequest, payload: Readable): Readable {
  const coding = request.headers['content-encoding']?.trim().toLowerCase()
  if (coding === undefined || coding === '' || coding === 'identity') return payload
  if (coding !== 'gzip' && coding !== 'x-gzip') {
    throw problem('media-type', {
      detail: `The content coding "${coding}" is not known here. Compress with gzip, or not at all.`,
    })
  }
  const body = Object.assign(createGunzip({ chunkSize: gunzipBytes }), { receivedEncodedLength: 0 })
  payload.on('data', (chunk: Buffer) => {
    body.receivedEncodedLength += chunk.length
  })
  payload.on('error', (error) => body.destroy(error))
  return payload.pipe(body)
}

/** Notes contacts, without asking the database about those that this process has just noted. */
function contactNotes(context: Context) {
  let noted = new Map<string, number>()
  return async (gateway: GatewayRow, request: FastifyRequest) => {
    const now = context.clock.now().getTime()
    if (Math.abs(now - (noted.get(gateway.id) ?? 0)) < contactEveryMs) return
    if (noted.size >= contactsMax) noted = new Map()
    noted.set(gateway.id, now)
    await noteContact(context.db.system, gateway.id, versionOf(request), request.ip)
  }
}

/** What the gateway calls itself, for people who look after it. */
function versionOf(request: FastifyRequest): string | null {
  const version = request.headers['user-agent']?.replaceAll('\0', '').slice(0, versionLengthMax).toWellFormed()
  return version || null
}
