import type { FastifyRequest } from 'fastify'
import { type BlockToken, tokenOfOffset } from '../../domain/replay-offset.ts'
import { deviceDataOperation } from '../../http/device-data.ts'
import { problem } from '../../http/problem.ts'
import type { Place } from '../../measurements/places.ts'
import { type ReplayBounds, replayBounds } from '../../store/measurements/streams.ts'
import { checkGzip, openingOf } from './opening.ts'

interface Offsets {
  from: BlockToken
  to: BlockToken
}

export const replayMeasurements = deviceDataOperation<ReplayBounds, Offsets>({
  operationId: 'replayMeasurements',
  path: '/organizations/:organizationId/measurements/replay',
  limit: 'replay',
  stream: 'replay',
  check: (request) => {
    checkGzip(request)
    return { from: offsetIn(request, 'fromOffset'), to: offsetIn(request, 'toOffset') }
  },
  question: ({ organization, checked }) => replayBounds(organization, checked.from, checked.to),
  covered: 'basis',
  answer: async ({ from, to, ...beginning }, { context, request, reply, organization, caller, company, place }) => {
    if (from === null || to === null || from > to) throw problem('replay-offset-unusable')
    const takeLines = async (lines: number) =>
      (await context.limits.takeReplayed(company, organization, lines)).retryAfterSeconds ?? null
    const asker = { caller, organizationId: organization }
    context.streams.openReplay(asker, { ...beginning, from, to }, takeLines, openingOf(context, request, reply, place as Place))
    return reply
  },
})

function offsetIn(request: FastifyRequest, name: 'fromOffset' | 'toOffset'): BlockToken {
  const given = (request.query as Record<string, unknown>)[name]
  const token = typeof given === 'string' ? tokenOfOffset(given) : null
  if (token === null) throw problem('replay-offset-unusable')
  return token
}
