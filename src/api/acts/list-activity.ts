import { z } from 'zod'
import { activity } from '../../domain/activity.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { managementOperation } from '../../http/management.ts'
import { activityBefore } from '../../store/activity.ts'
import { access } from '../access.ts'
import { activityFilterOf, activityQuery, actsReaderOf } from './activity-query.ts'

const limitDefault = 100
const limitMax = 500

export const listActivity = managementOperation({
  operationId: 'listActivity',
  method: 'GET',
  path: '/activity',
  tag: 'acts',
  summary: 'The record of acts in plain terms, the newest first',
  description: 'The vendor sees all acts, others those that concern their company. What can be verified is in listActs.',
  access: access.listActivity,
  query: z.object({
    ...activityQuery,
    before: wholeNumber(1).optional().describe('Only those behind this act: what came as "next".'),
    limit: wholeNumber(1, limitMax).default(limitDefault),
  }),
  answer: {
    status: 200,
    schema: z.object({
      acts: z.array(activity),
      next: z.int().optional().describe('Where there may be more: what to give as "before" next.'),
    }),
  },
  handle: async ({ context, caller, query: { before, limit, ...query } }) => {
    const acts = await activityBefore(context.db.request, actsReaderOf(caller), activityFilterOf(query), before ?? null, limit)
    const last = acts.at(-1)
    return { acts, ...(acts.length === limit && last ? { next: last.seq } : {}) }
  },
})
