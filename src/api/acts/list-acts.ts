import { z } from 'zod'
import { act } from '../../domain/act.ts'
import { managementOperation } from '../../http/management.ts'
import { actsAfter } from '../../store/acts.ts'
import { access } from '../access.ts'
import { actsReaderOf } from './activity-query.ts'
import { actsPage } from './acts-page.ts'

export const listActs = managementOperation({
  operationId: 'listActs',
  method: 'GET',
  path: '/acts',
  tag: 'acts',
  summary: 'The record of acts, in order',
  description:
    'The vendor sees all acts, others those that concern their company, with the personal data of those that it did itself and that concern nobody else. Acts of earlier versions have more: what devices and locations are called, a customer alone is shown; what stands behind the server in the address of a webhook, nobody is.',
  access: access.listActs,
  query: actsPage,
  answer: {
    status: 200,
    schema: z.object({
      acts: z.array(act),
      next: z.int().optional().describe('Where there are more: what to give as "after" next.'),
      whole: z.boolean().describe('Whether these are all acts, without those left out that do not concern the company.'),
    }),
  },
  handle: async ({ context, caller, query: { after, limit } }) => {
    const reader = actsReaderOf(caller)
    const acts = await actsAfter(context.db.request, reader, after, limit)
    const last = acts.at(-1)
    return { acts, ...(acts.length === limit && last ? { next: last.seq } : {}), whole: reader.company === null }
  },
})
