import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Sql } from 'sql-template-tag'
import type { Context } from '../context.ts'
import type { Credential } from '../domain/credential.ts'
import { idFrom, type OrganizationId } from '../domain/ids.ts'
import { candidateHashes, secretMatches } from '../domain/server-secrets.ts'
import { askAsKey, type KeyedRow, nothingAsked } from '../store/keyed.ts'
import { bearerCredential } from './bearer.ts'
import { type LimitKind, limitHeaders } from './limits.ts'
import { Problem, problem } from './problem.ts'

/** What an operation's parts are given. */
export interface Asked<Checked> {
  context: Context
  request: FastifyRequest
  reply: FastifyReply
  organization: OrganizationId
  checked: Checked
}

/** One operation of the device-data API. The frame holds the order of its answers: 401, 429, 406, 400, 403, 404. */
export interface DeviceDataOperation<Row extends object, Checked> {
  operationId: string
  path: string
  limit: LimitKind
  /** Reads parameters and headers. Throws the problem of a malformed one. */
  check(request: FastifyRequest): Checked
  /** A select of at most one row over the covered views, for `k.id` as the caller (store/keyed.ts). */
  question(asked: Asked<Checked>): Sql
  /** A column that is never null in a row: where it is, the key does not cover the organization. */
  covered: keyof Row & string
  answer(row: Row, asked: Asked<Checked>): FastifyReply | Promise<FastifyReply>
}

/** What registers an operation on a server. */
export type Registration = (server: FastifyInstance, context: Context) => void

/**
 * An operation. In the plain case one statement authenticates the key, holds it against the coverage, and reads the data
 * (I1, I2); nothing of its answer is used before the key's secret is found right and the limits allow it.
 */
export function deviceDataOperation<Row extends object, Checked = null>(operation: DeviceDataOperation<Row, Checked>): Registration {
  return (server, context) => {
    server.get(operation.path, { config: { operation: operation.operationId } }, async (request, reply) => {
      const credential = await presented(context, request, reply)
      const { organizationId = '' } = request.params as { organizationId?: string }
      const organization = idFrom<OrganizationId>(organizationId)
      const { checked, malformed } = attempt(() => operation.check(request))
      const asked = { context, request, reply, organization, checked: checked as Checked }

      const row = await askAsKey<Row>(
        context.db.request,
        { id: credential.id, secretHashes: candidateHashes(credential, context.secrets) },
        malformed ? nothingAsked : operation.question(asked),
        context.seenKeys.countDue(credential.id, context.clock.now()),
      )
      if (!row || !secretMatches(credential, row.secretHash, row.secretName, context.secrets)) {
        throw await refused(context, request, reply)
      }

      context.lastUse.note(credential.id, request.ip)
      await limited(context, credential, row, organization, operation.limit, reply)
      if (malformed) throw malformed
      if (row[operation.covered] === null || row[operation.covered] === undefined) throw problem('not-covered')
      return operation.answer(row as KeyedRow & Row, asked)
    })
  }
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

async function limited(
  context: Context,
  credential: Credential,
  row: KeyedRow,
  organization: OrganizationId,
  kind: LimitKind,
  reply: FastifyReply,
): Promise<void> {
  const customers = context.seenKeys.note(credential.id, row.customers, context.clock.now())
  const demo = credential.prefix === 'ak_demo_'
  const state = await context.limits.take(demo ? `${row.companyId} demo` : row.companyId, organization, kind, customers)
  reply.headers(limitHeaders(state))
  if (state.retryAfterSeconds !== undefined) throw problem('too-many-requests')
}

function attempt<Checked>(check: () => Checked): { checked?: Checked; malformed?: Problem } {
  try {
    return { checked: check() }
  } catch (error) {
    if (error instanceof Problem) return { malformed: error }
    throw error
  }
}
