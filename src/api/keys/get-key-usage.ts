import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { usageOf } from '../../store/accesses/usage.ts'
import { keyOf } from '../../store/keys.ts'
import { access } from '../access.ts'
import { usageAnswer, usageQuery, whenOf, whoAsks } from './usage-asked.ts'

export const getKeyUsage = managementOperation({
  operationId: 'getKeyUsage',
  method: 'GET',
  path: '/keys/{keyId}/usage',
  tag: 'keys',
  summary: 'How a key was used, by the hour or day, the oldest first',
  description: "From the history of accesses: at most 5 s behind. Requests that were answered 401 are nobody's, and not in it.",
  access: access.getKeyUsage,
  params: z.object({ keyId: givenId }),
  query: usageQuery,
  answer: { status: 200, schema: usageAnswer },
  problems: ['not-found'],
  handle: async ({ context, caller, params, query }) => {
    const id = idFrom<string>(params.keyId)
    if ((await keyOf(context.db.request, caller.company.id, id)) === null) throw problem('not-found')
    const when = whenOf(query, context.clock)
    return { from: when.from, to: when.to, usage: await usageOf(context.db.request, whoAsks(caller), id, when) }
  },
})
