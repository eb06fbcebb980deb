import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { followStream } from '../../http/access-record.ts'
import { acceptsGzip } from '../../http/json.ts'
import { problem } from '../../http/problem.ts'
import type { Place } from '../../measurements/places.ts'
import type { Opening } from '../../measurements/streams.ts'

export const ndjson = 'application/x-ndjson'

/** Throws where a client does not take gzip: streams have no other form (contract, section 5). */
export function checkGzip(request: FastifyRequest): void {
  if (!acceptsGzip(request.headers['accept-encoding'])) throw problem('gzip-required')
}

/** Hands a request's response over to a stream: from here on fastify leaves it alone. */
export function openingOf(context: Context, request: FastifyRequest, reply: FastifyReply, place: Place): Opening {
  reply.headers({ 'content-type': ndjson, 'content-encoding': 'gzip', vary: 'Accept-Encoding', 'cache-control': 'no-store' })
  reply.header('x-accel-buffering', 'no') // nginx would keep lines back until its buffer is full
  reply.hijack()
  return {
    response: reply.raw,
    headers: reply.getHeaders(),
    place,
    opened: (response) => followStream(context.accesses, request, response),
  }
}
