import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Sql } from 'sql-template-tag'
import type { Context } from '../context.ts'
import type { Credential } from '../domain/credential.ts'
import { idFrom, type OrganizationId } from '../domain/ids.ts'
import { plainAddress } from '../domain/network.ts'
import { candidateHashes, hashMatches } from '../domain/server-secrets.ts'
import { type Place, type StreamKind, tryAgainAfterSeconds } from '../measurements/places.ts'
import type { Family } from '../store/feeds.ts'
import { askAsKey, customersCovered, type KeyedRow, nothingAsked } from '../store/keyed.ts'
import type { AccessUnderWay } from './access-record.ts'
import { answerNotFound } from './answers.ts'
import { bearerCredential } from './bearer.ts'
import { type LimitKind, limitHeaders } from './limits.ts'
import { Problem, problem } from './problem.ts'

/** What an operation's parts are given. */
export interface Asked<Checked> {
  context: Context
  request: FastifyRequest
  reply: FastifyReply
  organization: OrganizationId
  /** The key's id, as the views of the store know it, and the company whose key it is. */
  caller: string
  company: string
  checked: Checked
  /** What the request is noted as in the history of accesses: the objects that are sent are added to it. */
  access: AccessUnderWay
  /** Of a stream: its place, taken; whoever answers gives it back when the stream is over. */
  place: Place | null
}

/** One operation of the device-data API. The frame holds the order of its answers: 401, 429, 406, 400, 403, 404. */
export interface DeviceDataOperation<Row extends object, Checked> {
  operationId: string
  path: string
  limit: LimitKind
  /** A stream takes a place among those of its key. */
  stream?: StreamKind
  /** Reads parameters and headers. Throws the problem of a malformed one. */
  check(request: FastifyRequest): Checked
  /** The feed whose head is asked first. Where that is `enough`, as for most requests, it is answered, and `question` is never asked. */
  glance?: { family: Family; list: boolean; enough(head: Row, asked: Asked<Checked>): boolean }
  /** A select over the covered views, for `k.id` as the caller (store/keyed.ts): one row, or an answer in several. */
  question(asked: Asked<Checked>): Sql
  /** A column that is never null in a row: where it is, the key does not cover the organization. */
  covered: keyof Row & string
  answer(row: Row, asked: Asked<Checked>, rows: readonly Row[]): FastifyReply | Promise<FastifyReply>
}

/** What registers an operation on a server. */
export type Registration = (server: FastifyInstance, context: Context) => void

/**
 * An operation. The statement that reads what is answered is the one that authenticates the key and holds it against the coverage (I1,
 * I2), also where it comes second, after a glance; nothing of it is used before the key's secret is found right and the limits allow it.
 */
export function deviceDataOperation<Row extends object, Checked = null>(
  operation: DeviceDataOperation<Row, Checked>,
): Registration {
  return (server, context) => {
    server.get(
      operation.path,
      { exposeHeadRoute: operation.stream === undefined, config: { operation: operation.operationId } },
      async (request, reply) => {
        const credential = await presented(context, request, reply)
        const { organizationId = '' } = request.params as { organizationId?: string }
        const organization = idFrom<OrganizationId>(organizationId)
        const { checked, malformed } = attempt(() => operation.check(request))
        const caller = credential.id
        const address = plainAddress(request.ip)
        const access: AccessUnderWay = {
          organizationId: organizationId === '' ? null : organization,
          companyId: '',
          readerKind: 'key',
          readerId: caller,
          operation: operation.operationId,
          address: address ?? request.ip,
          objects: 0,
        }
        const asked: Asked<Checked> = {
          context,
          request,
          reply,
          organization,
          caller,
          company: '',
          checked: checked as Checked,
          access,
          place: null,
        }

        const candidates = candidateHashes(credential, context.secrets)
        const key = {
          id: credential.id,
          hashes: [...candidates.values()].map((hash) => hash.toString('hex')),
          address,
        }
        const known = async (row: (KeyedRow & Partial<Row>) | undefined) => {
          if (row && hashMatches(candidates, row.secretHash, row.secretName)) return row
          throw await refused(context, request, reply)
        }
        const ask = (question: Sql) => askAsKey<Row>(context.db.request, key, question)
        const glanceAt = async ({ family, list }: { family: Family; list: boolean }) =>
          (await context.glances.ask({ key, organization, family, list })) as KeyedRow & Partial<Row>

        const { glance } = operation
        const rows =
          malformed || !glance ? await ask(malformed ? nothingAsked : operation.question(asked)) : [await glanceAt(glance)]
        const row = await known(rows[0])
        context.lastUse.note(credential.id, request.ip)
        access.companyId = row.companyId
        request.access = access
        const customers = await limited(context, credential, row, organization, operation.limit, reply)
        asked.company = row.companyId
        if (operation.stream === 'replay') await replayable(context, row.companyId, organization, reply)
        if (operation.stream) asked.place = takePlace(context, credential.id, operation.stream, customers)
        try {
          if (malformed) throw malformed
          const answer = covered(operation, row)
          if (!glance || glance.enough(answer, asked)) return await operation.answer(answer, asked, [answer])
          const read = await ask(operation.question(asked))
          return await operation.answer(covered(operation, await known(read[0])), asked, read as (KeyedRow & Row)[])
        } catch (error) {
          asked.place?.leave()
          throw error
        }
      },
    )
  }
}

/** What is no operation is asked for by nobody in particular: it counts against the address, and says what is left, as every answer here. */
export function answerOtherPaths(server: FastifyInstance, context: Context): void {
  server.setNotFoundHandler(async (request, reply) => {
    const state = await context.limits.takeOf('anyone', request.ip)
    reply.headers(limitHeaders(state))
    if (state.retryAfterSeconds !== undefined) throw problem('too-many-requests')
    // The base itself is no operation, though a route below takes it: no method is allowed there.
    const isBase = [server.prefix, `${server.prefix}/`].includes(request.url.split('?', 1)[0] as string)
    if (isBase) throw problem('not-found')
    return answerNotFound(context, server, request, reply)
  })
  // Before the portal's own route takes them, which is for every GET.
  for (const path of ['/', '/*']) server.get(path, (_, reply) => reply.callNotFound())
}

/** The answer in a row. Throws where the key does not cover the organization. */
function covered<Row extends object>(operation: { covered: keyof Row & string }, row: KeyedRow & Partial<Row>): Row {
  if (row[operation.covered] === null || row[operation.covered] === undefined) throw problem('not-covered')
  return row as KeyedRow & Row
}

/** The key that a request presents. Throws where it can be refused without asking the database. */
async function presented(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<Credential> {
  const credential = bearerCredential(request.headers.authorization, 'ak_live_', 'ak_demo_')
  if (credential === null) throw await refused(context, request, reply)
  if (!context.seenKeys.has(credential.id)) {
    const blocked = await context.limits.refusedTooOften(request.ip)
    if (blocked) {
      reply.headers(limitHeaders(blocked))
      throw problem('too-many-requests')
    }
  }
  return credential
}

async function refused(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<Problem> {
  const { retryAfterSeconds: _, ...state } = await context.limits.refuse(request.ip)
  reply.headers({ ...limitHeaders(state), 'www-authenticate': 'Bearer' })
  return problem('key-refused')
}

/** Throws where a company has replayed as much of an organization as it may for now. */
async function replayable(context: Context, company: string, organization: OrganizationId, reply: FastifyReply): Promise<void> {
  const state = await context.limits.takeReplayed(company, organization, 0)
  if (state.remaining > 0) return
  reply.headers(limitHeaders({ ...state, retryAfterSeconds: state.resetSeconds }))
  throw problem('too-many-requests')
}

/** Takes the request from its limits. How many customers the key's company covers, as far as limits need to know. */
async function limited(
  context: Context,
  credential: Credential,
  row: KeyedRow,
  organization: OrganizationId,
  kind: LimitKind,
  reply: FastifyReply,
): Promise<number> {
  const due = context.seenKeys.countDue(credential.id, context.clock.now())
  const counted = due ? await customersCovered(context.db.request, row.companyId) : null
  const customers = context.seenKeys.note(credential.id, counted, context.clock.now())
  const demo = credential.prefix === 'ak_demo_'
  const state = await context.limits.take(demo ? `${row.companyId} demo` : row.companyId, organization, kind, customers)
  reply.headers(limitHeaders(state))
  if (state.retryAfterSeconds !== undefined) throw problem('too-many-requests')
  return customers
}

/** A place for a stream of a caller whose company covers so many customers. Throws where there is none. */
export function takePlace(context: Context, caller: string, kind: StreamKind, customers: number): Place {
  const place = context.streams.places.take(caller, kind, customers)
  if (typeof place === 'object') return place
  throw problem(place === 'caller' ? 'too-many-streams' : 'unavailable', {
    headers: { 'retry-after': String(tryAgainAfterSeconds) },
  })
}

function attempt<Checked>(check: () => Checked): { checked?: Checked; malformed?: Problem } {
  try {
    return { checked: check() }
  } catch (error) {
    if (error instanceof Problem) return { malformed: error }
    throw error
  }
}
