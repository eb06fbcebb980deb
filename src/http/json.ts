import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply } from 'fastify'

const compress = promisify(gzip)

/** Below this, compressing saves no packet. */
const compressFromBytes = 1400

export const jsonType = 'application/json; charset=utf-8'

/** Answers with JSON text as it is, compressed where the client takes gzip and it pays. */
export async function sendJson(reply: FastifyReply, text: string): Promise<FastifyReply> {
  reply.header('content-type', jsonType).header('cache-control', 'private, no-cache').header('vary', 'Accept-Encoding')
  if (text.length < compressFromBytes || !acceptsGzip(reply.request.headers['accept-encoding'])) return reply.send(text)
  return reply.header('content-encoding', 'gzip').send(await compress(text, { level: 1 }))
}

/** Whether an Accept-Encoding header takes gzip (RFC 9110, section 12.5.3). */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  const weights = new Map<string, number>()
  for (const part of String(header ?? '').split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((one) => one.trim().toLowerCase())
    const weight = parameters.find((one) => one.startsWith('q='))
    if (coding !== '') weights.set(coding, weight === undefined ? 1 : Number(weight.slice(2)))
  }
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0
}
