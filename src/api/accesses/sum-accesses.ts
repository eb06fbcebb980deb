import { z } from 'zod'
import { accessGap, accessSum } from '../../domain/data-access.ts'
import { timeZone } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { accessGapsOf, accessSumsOf } from '../../store/accesses/history.ts'
import { access } from '../access.ts'
import { accessQuery, customerOf, filterOf } from './asked.ts'

const dayMs = 24 * 60 * 60 * 1000
const daysMax = { hour: 8, day: 100 } as const

export const sumAccesses = managementOperation({
  operationId: 'sumAccesses',
  method: 'GET',
  path: '/accesses/sums',
  tag: 'accesses',
  summary: "Each reader's accesses to the customer's data, by the hour or day, the newest first",
  description: `At most ${daysMax.hour} days by the hour, and ${daysMax.day} by the day.`,
  access: access.sumAccesses,
  query: z.object({
    ...accessQuery,
    step: z.enum(['hour', 'day']).default('day'),
    timeZone: timeZone.default('UTC').describe('Whose hours and days they are, such as Europe/Berlin.'),
  }),
  answer: { status: 200, schema: z.object({ sums: z.array(accessSum), gaps: z.array(accessGap) }) },
  handle: async ({ context, caller, query: { step, timeZone: zone, ...query } }) => {
    const filter = filterOf(query, context.clock)
    if (Date.parse(filter.to) - Date.parse(filter.from) > daysMax[step] * dayMs) {
      throw problem('request-malformed', { detail: `By the ${step}, ask for at most ${daysMax[step]} days.` })
    }
    return {
      sums: await accessSumsOf(context.db.request, customerOf(caller), filter, step, zone),
      gaps: await accessGapsOf(context.db.request, filter, context.clock.now()),
    }
  },
})
