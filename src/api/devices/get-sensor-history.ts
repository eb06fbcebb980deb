import { z } from 'zod'
import { historyPoint } from '../../domain/device.ts'
import { idFrom, type OrganizationId } from '../../domain/ids.ts'
import { givenId, givenInstant, instant } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { historyOf, pointsMax } from '../../measurements/history.ts'
import { rolledUpDays } from '../../measurements/lines.ts'
import { historyParts } from '../../store/measurements/charts.ts'
import { access } from '../access.ts'
import { askerOf, notCovered } from './asker.ts'

const dayMs = 24 * 60 * 60 * 1000

export const getSensorHistory = managementOperation({
  operationId: 'getSensorHistory',
  method: 'GET',
  path: '/organizations/{organizationId}/sensors/{sensorId}/history',
  tag: 'devices',
  summary: 'What a sensor measured, in points of 5 minutes or longer',
  description:
    `Of the last ${rolledUpDays} days, as far as the caller may read them. The points are 5 minutes long, or as long as it takes for them to be at most ` +
    `${pointsMax}; those in which nothing was measured are left out. A partner is shown whole 5 minutes from when consent was given on.`,
  access: access.getSensorHistory,
  params: z.object({ organizationId: givenId, sensorId: givenId }),
  query: z.object({
    from: givenInstant.optional().describe('By default a day before "to".'),
    to: givenInstant.optional().describe('By default the present.'),
  }),
  answer: {
    status: 200,
    schema: z.object({ from: instant, to: instant, stepSeconds: z.int(), points: z.array(historyPoint) }),
  },
  problems: ['not-covered', 'not-found'],
  handle: async ({ context, caller, params, query }) => {
    const to = query.to === undefined ? context.clock.now() : new Date(query.to)
    const from = query.from === undefined ? new Date(to.getTime() - dayMs) : new Date(query.from)
    const rangeMs = to.getTime() - from.getTime()
    if (rangeMs <= 0 || rangeMs > rolledUpDays * dayMs) {
      throw problem('request-malformed', { detail: `"from" lies before "to", by at most ${rolledUpDays} days.` })
    }
    const organization = idFrom<OrganizationId>(params.organizationId)
    const parts = await historyParts(context.db.request, askerOf(caller), organization, idFrom(params.sensorId), from, to)
    if (parts === null) throw notCovered()
    if (parts.sensors.length === 0) throw problem('not-found')
    return { from: from.toISOString(), to: to.toISOString(), ...historyOf(parts, from, to) }
  },
})
