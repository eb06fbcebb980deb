import type { FastifyRequest } from 'fastify'
import { deviceDataOperation } from '../../http/device-data.ts'
import { problem } from '../../http/problem.ts'
import { type Place, tryAgainAfterSeconds } from '../../measurements/places.ts'
import type { SimulationAsked } from '../../measurements/simulate.ts'
import type { Beginning } from '../../measurements/streams.ts'
import { streamBeginning } from '../../store/measurements/streams.ts'
import { checkGzip, openingOf } from './opening.ts'

/** The parameters: their defaults and bounds (contract, section 1). The same seed makes the same values. */
const parameters = {
  measurementsPerSecond: { fallback: 1, least: 1, most: 10_000 },
  sensorCount: { fallback: 10, least: 1, most: 100_000 },
  seed: { fallback: 1, least: 0, most: 2 ** 31 - 1 },
} as const

export const simulatedLiveMeasurements = deviceDataOperation<Beginning, SimulationAsked>({
  operationId: 'simulatedLiveMeasurements',
  path: '/organizations/:organizationId/measurements/live-simulator',
  limit: 'stream',
  stream: 'simulated',
  check: (request) => {
    checkGzip(request)
    return {
      measurementsPerSecond: numberIn(request, 'measurementsPerSecond'),
      sensorCount: numberIn(request, 'sensorCount'),
      seed: numberIn(request, 'seed'),
    }
  },
  question: ({ organization }) => streamBeginning(organization),
  covered: 'seq',
  answer: (beginning, { context, request, reply, organization, caller, checked, place }) => {
    if (!context.streams.hasRoomToSimulate(checked.measurementsPerSecond)) {
      throw problem('unavailable', { headers: { 'retry-after': String(tryAgainAfterSeconds) } })
    }
    context.streams.openSimulated(
      { caller, organizationId: organization },
      beginning,
      checked,
      openingOf(context, request, reply, place as Place),
    )
    return reply
  },
})

function numberIn(request: FastifyRequest, name: keyof typeof parameters): number {
  const { fallback, least, most } = parameters[name]
  const given = (request.query as Record<string, unknown>)[name]
  if (given === undefined) return fallback
  const value = typeof given === 'string' && /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN
  if (value >= least && value <= most) return value
  throw problem('request-malformed', { detail: `${name} is a whole number from ${least} to ${most}.` })
}
