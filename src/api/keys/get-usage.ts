import { managementOperation } from '../../http/management.ts'
import { usageOf } from '../../store/accesses/usage.ts'
import { access } from '../access.ts'
import { usageAnswer, usageQuery, whenOf, whoAsks } from './usage-asked.ts'

export const getUsage = managementOperation({
  operationId: 'getUsage',
  method: 'GET',
  path: '/usage',
  tag: 'keys',
  summary: "How all of the company's keys were used, by the hour or day, the oldest first",
  description: 'As getKeyUsage; keys that are deleted now are in it.',
  access: access.getUsage,
  query: usageQuery,
  answer: { status: 200, schema: usageAnswer },
  handle: async ({ context, caller, query }) => {
    const when = whenOf(query, context.clock)
    return { from: when.from, to: when.to, usage: await usageOf(context.db.request, whoAsks(caller), null, when) }
  },
})
