import fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Context } from '../context.ts'
import { base62Of, randomBase62 } from '../domain/base62.ts'
import { answerErrors } from './answers.ts'
import { docs } from './docs.ts'
import { portal } from './portal.ts'
import { answerUnread } from './unread-requests.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operationId of a documented operation, for logs and metrics. */
    operation?: string
  }
}

/** Clients poll every 10 s on one connection: it must outlast that, and any proxy's own 60 s. */
const keepAliveTimeoutMs = 72_000
const requestTimeoutMs = 60_000
const bodyBytesMax = 1024 * 1024
/** Node takes no longer head than this, so no id is too long to be refused like any other (I4). */
const pathBytesMax = 16 * 1024

/** The HTTP frame: ids, logs, errors, health and the portal's files. The APIs are registered into it by main.ts. */
export function buildServer(context: Context): FastifyInstance {
  const start = randomBase62(8, (size) => context.clock.randomBytes(size))
  let count = 0
  const nextId = () => `${start}-${base62Of(++count, 6)}`
  const server = fastify({
    loggerInstance: context.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: nextId,
    clientErrorHandler: (error, socket) => answerUnread(context, nextId(), error, socket),
    trustProxy: context.config.trustedProxies.length > 0 ? context.config.trustedProxies : false,
    keepAliveTimeout: keepAliveTimeoutMs,
    requestTimeout: requestTimeoutMs,
    bodyLimit: bodyBytesMax,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: pathBytesMax },
    rewriteUrl: (request) => decodable(request.url ?? '/'),
  })

  server.decorateRequest('access', null)
  answerErrors(server, context)
  logRequests(server, context)
  health(server, context)
  docs(server, context)
  portal(server)
  return server
}

/**
 * A path whose escapes are no UTF-8 has them taken as they are written (`%ff` as `%25ff`), for the router refuses it otherwise, in
 * words of its own: an id like that is nobody's, and is answered like any other, after the key was looked at (I4).
 */
export function decodable(url: string): string {
  const [path = ''] = url.split('?', 1)
  if (!path.includes('%')) return url
  try {
    decodeURIComponent(path)
    return url
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length)
  }
}

function logRequests(server: FastifyInstance, context: Context): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff')
    done()
  })
  server.addHook('onResponse', (request, reply, done) => {
    const operation = request.routeOptions.config.operation
    const api = request.routeOptions.url?.split('/', 2)[1] ?? 'none'
    context.metrics.answered({ api, operation: operation ?? 'other', status: reply.statusCode }, reply.elapsedTime / 1000)
    // The path without its query: nothing that a caller may have put there by mistake is written down.
    request.log.info(
      {
        method: request.method,
        path: request.url.split('?', 1)[0],
        operation,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    )
    done()
  })
}

function health(server: FastifyInstance, context: Context): void {
  let closing = false
  server.addHook('preClose', async () => {
    closing = true
    // No stream ends by itself, and the shutdown waits for requests.
    context.streams.close()
  })
  // A kept connection would hold the shutdown up until its client lets go of it.
  server.addHook('onSend', async (_, reply) => {
    if (closing) reply.header('connection', 'close')
  })
  server.get('/health', { logLevel: 'warn' }, async () => ({ status: 'ok' }))
  server.get('/ready', { logLevel: 'warn' }, async (_, reply) => {
    const ready =
      !closing &&
      (await context.db.ping().then(
        () => true,
        () => false,
      ))
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' })
  })
}
