import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Accounts } from '../auth/accounts.ts'
import { actingFor, companyHeader } from '../auth/acting-for.ts'
import { type Caller, comesFromElsewhere, findCaller, findSignedIn, type SignedIn } from '../auth/caller.ts'
import { requireConfirmed, requireOwnSignIn, requireWanted } from '../auth/confirmation.ts'
import type { FindLimits } from '../auth/find-limits.ts'
import type { ReportLimits } from '../auth/report-limits.ts'
import type { AccountLimits } from '../auth/sign-in-limits.ts'
import type { Context } from '../context.ts'
import type { CompanyKind } from '../domain/company.ts'
import { mayAct, type Role } from '../domain/role.ts'
import type { VisitRow } from '../store/visits.ts'
import { type LimitState, limitHeaders } from './limits.ts'
import { isOfDeviceData, memberAccess } from './member-access.ts'
import { schemaOf } from './operation-schema.ts'
import { Problem, type ProblemCode, problem } from './problem.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | SignedIn | null
  }
}

const bodyBytesMax = 512 * 1024

/** What the operations of the management API share. */
export interface ManagementParts extends AccountLimits {
  context: Context
  accounts: Accounts
  findLimits: FindLimits
  reportLimits: ReportLimits
}

/**
 * Who may use an operation: anybody; a person who signed in, for a company or for none; or members (and tokens) of these kinds of company, of
 * this role or above. `byPartner`: also administrators of a partner for a customer that lets them (auth/acting-for.ts). `visiting`: also administrators of the
 * vendor who view the company; who views one may use nothing else.
 */
export type Access = 'anyone' | 'person' | PersonAccess | MemberAccess

/** A person who signed in, for a company or for none, where more than that is asked. */
export interface PersonAccess {
  person: true
  /** Dangerous: the session must have been confirmed lately. */
  confirmed?: boolean
  /** Not for a session that began at the company's provider. */
  ownSignIn?: boolean
  /** Also for a session that views a company. */
  visiting?: boolean
}

export function isForMembers(access: Access): access is MemberAccess {
  return typeof access === 'object' && 'kinds' in access
}

export function isForPersons(access: Access): access is 'person' | PersonAccess {
  return access === 'person' || (typeof access === 'object' && 'person' in access)
}

export interface MemberAccess {
  kinds: readonly CompanyKind[]
  role: Role
  sessionOnly?: boolean
  /** Dangerous: a session must have been confirmed lately. */
  confirmed?: boolean
  /** Also for administrators of a partner who act for a customer. */
  byPartner?: boolean
  /** Also for administrators of the vendor who view the company: of what only reads, and reads no device data. */
  visiting?: boolean
}

/** What a handler is given. Inputs are checked; the caller has access. */
export interface Asked<Who extends Access, Params, Query, Body> extends ManagementParts {
  caller: Who extends 'anyone' ? null : Who extends 'person' | PersonAccess ? SignedIn : Caller
  params: Params
  query: Query
  body: Body
  request: FastifyRequest
  reply: FastifyReply
}

/** One operation of the management API. Its answer is checked against its schema before it is sent. */
export interface ManagementOperation {
  operationId: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api/v1, with {parameters}. */
  path: string
  tag: string
  summary: string
  description?: string
  access: Access
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** It takes the body of a form as well, and does not read it: what mail programs send with one click (RFC 8058). */
  formBody?: boolean
  /** JSON of a schema; or a file (a stream) of this media type; or nothing. */
  answer: { status: 200 | 201 | 204; schema?: z.ZodType; file?: string }
  /** How many objects are in an answer, for the history of accesses: of what reads an organization's data. */
  objects?(answer: unknown): number
  /** Problems of its own, beside those that the frame answers. */
  problems?: readonly ProblemCode[]
  handle(asked: Asked<Access, unknown, unknown, unknown>): Promise<unknown>
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

interface TypedOperation<Who extends Access, Params, Query, Body, Answer>
  extends Omit<ManagementOperation, 'access' | 'params' | 'query' | 'body' | 'answer' | 'objects' | 'handle'> {
  access: Who
  params?: Params
  query?: Query
  body?: Body
  answer: { status: 200 | 201 | 204; schema?: Answer; file?: string }
  objects?(answer: Answer extends z.ZodType ? z.output<Answer> : undefined): number
  handle(
    asked: Asked<Who, Parsed<Params>, Parsed<Query>, Parsed<Body>>,
  ): Promise<(Answer extends z.ZodType ? z.output<Answer> : Readable | undefined) | FastifyReply>
}

/** Defines an operation: its handler's input and answer have the types of its schemas. */
export function managementOperation<
  const Who extends Access,
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Answer extends z.ZodType | undefined = undefined,
>(operation: TypedOperation<Who, Params, Query, Body, Answer>): ManagementOperation {
  return operation as unknown as ManagementOperation
}

/** Registers an operation. Answers 401, then 429, then 403, then 400, before the handler is asked. */
export function registerOperation(server: FastifyInstance, operation: ManagementOperation, parts: ManagementParts | null): void {
  const { access, answer } = operation
  if (isForMembers(access) && access.visiting && (operation.method !== 'GET' || isOfDeviceData(operation)))
    throw new Error(`${operation.operationId} is nothing for the vendor's visits: they read, and never device data.`)
  if (operation.formBody) {
    // In a scope of its own: everywhere else a form is refused.
    server.register(async (scope) => {
      const kinds = ['application/x-www-form-urlencoded', 'multipart/form-data']
      scope.addContentTypeParser(kinds, { parseAs: 'buffer' }, (_, __, done) => done(null, undefined))
      registerOperation(scope, { ...operation, formBody: false }, parts)
    })
    return
  }
  server.route({
    method: operation.method,
    url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    bodyLimit: bodyBytesMax,
    // A stream's handler writes to the socket: behind the head of an answer to HEAD that would be taken for the next answer.
    exposeHeadRoute: answer.file === undefined,
    config: { operation: operation.operationId },
    schema: schemaOf(operation),
    onRequest: async (request, reply) => {
      request.caller = null
      reply.header('cache-control', 'no-store')
      if (parts === null) return
      await admit(parts, access, request, reply)
      request.access = memberAccess(operation, request)
    },
    handler: async (request, reply) => {
      if (parts === null) throw problem('unavailable')
      const { params, query, body } = request
      const result = await operation.handle({ ...parts, caller: request.caller as Caller, params, query, body, request, reply })
      // A stream, or an answer that the handler has sent: its response is no longer the frame's.
      if (reply.sent || result === reply) return reply
      if (request.access !== null) request.access.objects = operation.objects?.(result) ?? 0
      if (answer.file !== undefined) reply.type(answer.file)
      return reply.code(answer.status).send(result)
    },
  })
}

async function admit(parts: ManagementParts, access: Access, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { limits, config } = parts.context
  if (access === 'anyone') {
    limited(await limits.takeOf('anyone', request.ip), reply)
    if (comesFromElsewhere(request, config.url)) throw problem('cross-site')
    if (request.headers[companyHeader] !== undefined) throw notForCustomers()
    return
  }
  if (isForPersons(access)) {
    const { signedIn, cookies } = await countingRefusals(parts, request, reply, findSignedIn)
    limited(await limits.takeOf('management', signedIn.member?.memberId ?? signedIn.personId), reply)
    for (const cookie of cookies) reply.header('set-cookie', cookie)
    if (request.headers[companyHeader] !== undefined) throw notForCustomers()
    if (signedIn.visit !== null && (access === 'person' || !access.visiting)) throw notWhileVisiting(signedIn.visit)
    if (access !== 'person' && access.ownSignIn) requireOwnSignIn(signedIn)
    if (access !== 'person' && access.confirmed) requireConfirmed(signedIn, parts.context.clock)
    request.caller = signedIn
    return
  }
  const { caller: self, cookies } = await countingRefusals(parts, request, reply, findCaller)
  limited(await limits.takeOf('management', self.token?.id ?? self.memberId ?? request.ip), reply)
  for (const cookie of cookies) reply.header('set-cookie', cookie)
  if (self.visit !== null && !access.visiting) throw notWhileVisiting(self.visit)
  const caller = await inTheirPlace(parts.context, access, self, request)
  if (access.sessionOnly && caller.session === null) {
    throw problem('not-signed-in', { detail: 'This is about a session: an access token has none. Sign in.' })
  }
  if (!access.kinds.includes(caller.company.kind)) {
    throw problem('not-allowed', {
      detail: `This is for a ${access.kinds.join(' or a ')}. Your company is a ${caller.company.kind}.`,
    })
  }
  if (!mayAct(caller.role, access.role)) throw problem('not-allowed')
  requireWanted(caller)
  // Programs are not asked: they hold a credential of their own.
  if (access.confirmed && caller.session !== null) requireConfirmed(caller.session, parts.context.clock)
  request.caller = caller
}

/** The caller itself, or in the place of the customer that the request names. */
async function inTheirPlace(
  context: Context,
  access: MemberAccess,
  caller: Caller,
  { headers }: FastifyRequest,
): Promise<Caller> {
  const customer = headers[companyHeader]
  if (customer === undefined) return caller
  if (access.byPartner !== true || caller.visit !== null) throw notForCustomers()
  return actingFor(context, caller, String(customer))
}

function notForCustomers(): Problem {
  return problem('not-allowed', { detail: 'This cannot be done for another company. Leave the header Assent-Company out.' })
}

function notWhileVisiting({ companyName }: VisitRow): Problem {
  return problem('not-allowed', {
    detail: `You view ${companyName}: what its administration shows can be read, nothing can be changed, and device data are never shown. Leave the view for anything else.`,
  })
}

/** The caller, as `find` finds it. One that is refused counts against its address. */
async function countingRefusals<Found>(
  parts: ManagementParts,
  request: FastifyRequest,
  reply: FastifyReply,
  find: (context: Context, accounts: Accounts, request: FastifyRequest) => Promise<Found>,
): Promise<Found> {
  try {
    return await find(parts.context, parts.accounts, request)
  } catch (error) {
    if (error instanceof Problem) limited(await parts.context.limits.refuse(request.ip), reply)
    throw error
  }
}

function limited(state: LimitState, reply: FastifyReply): void {
  reply.headers(limitHeaders(state))
  if (state.retryAfterSeconds !== undefined) throw problem('too-many-requests')
}

/** One sentence for a request that does not fit its schema, and each bad place. */
export function malformed(errors: readonly { instancePath?: string; message?: string }[], place: string) {
  const named = errors.map((error) => ({
    where: [place === 'querystring' ? 'query' : place, ...(error.instancePath ?? '').split('/').filter(Boolean)].join('.'),
    message: error.message ?? 'is not right',
  }))
  const [first] = named
  return problem('request-malformed', {
    detail: `${first?.where ?? place}: ${first?.message ?? 'is not right'}`,
    extension: { errors: named },
  })
}
