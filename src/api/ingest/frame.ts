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
import { type IngestGate, ingestGate, type Place } from './limits.ts'
import { noRoom, WeighedBody } from './weighed-body.ts'

/** What an operation is given: the gateway is authenticated, the body read. `address`: from where it sends. */
export interface IngestAsked {
  context: Context
  gateway: GatewayRow & { address: string }
  /** Decompressed, unless the operation takes it as it was sent. */
  body: unknown
  isGzip: boolean
  /** Takes room for so many bytes more of it (limits.ts). Throws where there is none. */
  takeRoom(bytes: number): void
  query: Record<string, unknown>
}

/** One operation of the ingest API: its path after /ingest/v1, and its part of the document. */
export interface IngestOperation {
  operationId: string
  method: 'GET' | 'POST'
  path: string
  /** What it takes; JSON of a batch's size where this is left out. `asSent`: the operation decompresses it. */
  body?: { mediaType: string; bytesMax: number; asSent?: boolean }
  document: Record<string, unknown>
  handle(asked: IngestAsked): Promise<object>
}

/** What is decompressed at a time. */
const gunzipBytes = 64 * 1024
const versionLengthMax = 200
const waitingHeader = 'assent-waiting-bytes'
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
    const places = new WeakMap<FastifyRequest, Place>()
    const atWork = new WeakSet<FastifyRequest>()
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
        const place = placeOf(gate, gateway)
        places.set(request, place)
        // Whoever goes away while his batch is being stored keeps the place until it is: it holds its memory until then.
        const gone = () => void (atWork.has(request) || place.leave())
        reply.raw.once('close', gone)
        // No event comes for whoever went away while the token was looked up: the place would be kept for good.
        if (reply.raw.destroyed || request.raw.destroyed) gone()
      },
      // A response behind another one on its connection (HTTP pipelining) never closes where that connection breaks.
      onSend: async (request) => places.get(request)?.leave(),
      preParsing: async (request, _, payload) => {
        refuseOtherMedia(request, body.mediaType)
        return weighed(request, payload, places.get(request) as Place, body)
      },
      handler: async (request) => {
        atWork.add(request)
        try {
          const gateway = gateways.get(request) as GatewayRow
          await contacts(gateway, request)
          const query = request.query as Record<string, unknown>
          return await handle({
            context,
            gateway: { ...gateway, address: request.ip },
            body: request.body,
            isGzip: codingOf(request).endsWith('gzip'),
            takeRoom: (bytes) => {
              if (!places.get(request)?.grow(bytes)) throw noRoom()
            },
            query,
          })
        } finally {
          places.get(request)?.leave()
        }
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

/** A gateway's place among the requests at once. Throws where there is none. */
function placeOf(gate: IngestGate, gateway: GatewayRow): Place {
  const admission = gate.admit(gateway.id, gateway.organizationId)
  if ('leave' in admission) return admission
  const headers = { 'retry-after': String(admission.retryAfterSeconds) }
  throw admission.busy === 'gateway' ? problem('too-many-requests', { headers }) : problem('unavailable', { headers })
}

function refuseOtherMedia(request: FastifyRequest, mediaType: string): void {
  const given = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (request.method === 'GET' || given === mediaType) return
  throw problem('media-type', { detail: `Send "Content-Type: ${mediaType}".` })
}

function codingOf(request: FastifyRequest): string {
  return request.headers['content-encoding']?.trim().toLowerCase() ?? ''
}

/** The body as it was before its content coding (but for operations that take it as it was sent), weighed. The bound on bodies counts what comes out of here. */
function weighed(
  request: FastifyRequest,
  payload: Readable,
  place: Place,
  { mediaType, asSent = false }: NonNullable<IngestOperation['body']>,
): Readable {
  const coding = codingOf(request)
  if (!['', 'identity', 'gzip', 'x-gzip'].includes(coding)) {
    throw problem('media-type', {
      detail: `The content coding "${coding}" is not known here. Compress with gzip, or not at all.`,
    })
  }
  const body = new WeighedBody(place.grow, mediaType === 'application/json')
  // Once the request is answered nobody else listens, and what still comes has no room any more.
  body.on('error', () => {})
  const fail = (error: Error) => body.destroy(error)
  payload.on('data', (chunk: Buffer) => {
    body.receivedEncodedLength += chunk.length
  })
  payload.on('error', fail)
  if (asSent || !coding.endsWith('gzip')) return payload.pipe(body)
  return payload.pipe(createGunzip({ chunkSize: gunzipBytes }).on('error', fail)).pipe(body)
}

/** Notes contacts, without asking the database about those that this process has just noted. */
function contactNotes(context: Context) {
  let noted = new Map<string, { at: number; waits: boolean }>()
  return async (gateway: GatewayRow, request: FastifyRequest) => {
    const now = context.clock.now().getTime()
    const waitingBytes = waitingIn(request)
    const waits = waitingBytes !== null && waitingBytes > 0
    const last = noted.get(gateway.id)
    if (last !== undefined && last.waits === waits && Math.abs(now - last.at) < contactEveryMs) return
    if (noted.size >= contactsMax) noted = new Map()
    noted.set(gateway.id, { at: now, waits })
    await noteContact(context.db.system, gateway.id, versionOf(request), request.ip, waitingBytes)
  }
}

/** What a gateway says that lies on its disk, still to be sent after this request; null where it does not say. */
function waitingIn(request: FastifyRequest): number | null {
  const said = request.headers[waitingHeader]
  return typeof said === 'string' && /^\d{1,15}$/.test(said) ? Number(said) : null
}

/** What the gateway calls itself, for people who look after it. */
function versionOf(request: FastifyRequest): string | null {
  const version = request.headers['user-agent']?.replaceAll('\0', '').slice(0, versionLengthMax).toWellFormed()
  return version || null
}
