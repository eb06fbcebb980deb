import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { isUnavailable } from '../store/failures.ts'
import { Problem, type ProblemCode, type ProblemMore, problemBody, problems } from './problem.ts'

/** What fastify's own refusals become. */
const frameProblems: Record<number, ProblemCode> = {
  400: 'request-malformed',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'request-too-large',
  414: 'request-malformed',
  415: 'media-type',
}

/** Answers a problem from the catalogue, with the request's id (RFC 9457). */
export function answerProblem(context: Context, reply: FastifyReply, code: ProblemCode, more: ProblemMore = {}): FastifyReply {
  const { status } = problems[code]
  return (
    reply
      .code(status)
      // A 401 must say how to authenticate (RFC 9110, section 15.5.2).
      .headers({ ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}), ...more.headers })
      .type('application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(problemBody(code, reply.request.id, context.config.url, more))
  )
}

/** One place for all errors: a problem is told to the caller; a bug is logged with its cause, and the caller gets a bare 500. */
export function answerErrors(server: FastifyInstance, context: Context): void {
  server.setErrorHandler((error: FastifyError | Error, request, reply) => {
    if (error instanceof Problem) return answerProblem(context, reply, error.code, error.more)
    const status = 'statusCode' in error ? error.statusCode : undefined
    const code = status === undefined ? undefined : frameProblems[status]
    if (code !== undefined) return answerProblem(context, reply, code, detailOf(error, status as number, request))
    if (isUnavailable(error)) {
      request.log.warn({ err: error }, 'not available')
      return answerProblem(context, reply, 'unavailable', { headers: { 'retry-after': '2' } })
    }
    request.log.error({ err: error }, 'failed')
    return answerProblem(context, reply, 'internal')
  })
  server.setNotFoundHandler((request, reply) => answerNotFound(context, server, request, reply))
}

/** Fastify's sentences on bodies and headers are for callers, where the catalogue does not say more; anything else is not. */
function detailOf(error: Error, status: number, request: FastifyRequest): ProblemMore {
  if (status === 413)
    return { detail: `The body of this request may have ${request.routeOptions.bodyLimit} bytes. Send less at once.` }
  const plain = 'code' in error && String(error.code).startsWith('FST_ERR_CTP')
  return plain && ![404, 415].includes(status)
    ? { detail: `${error.message}. See the API documentation for the form of a request.` }
    : {}
}

/** Whether an address is under one of the APIs: there a page of the portal is nowhere. */
export function isOfApi(path: string): boolean {
  return /^\/(api|rest|ingest)(\/|$)/.test(path)
}

/** 404, or 405 where the address takes other methods. */
export function answerNotFound(
  context: Context,
  server: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const path = request.url.split('?', 1)[0] as string
  // A route for all that is left takes no address of an API: it tells that there is none.
  const takes = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE') => {
    const route = server.findRoute({ method, url: path })
    return route !== null && !(isOfApi(path) && '*' in route.params)
  }
  const methods = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).filter(takes)
  if (methods.length === 0 || methods.includes(request.method as 'GET')) return answerProblem(context, reply, 'not-found')
  return answerProblem(context, reply, 'method-not-allowed', { headers: { allow: methods.join(', ') } })
}
