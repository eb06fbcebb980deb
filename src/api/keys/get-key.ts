import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { key } from '../../domain/key.ts'
import { givenId } from '../../domain/text.ts'
import { limitsInNumbers } from '../../http/limits.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { streamsOf } from '../../measurements/places.ts'
import { customersCovered } from '../../store/keyed.ts'
import { keyOf, keyOrganizations } from '../../store/keys.ts'
import { access } from '../access.ts'

export const getKey = managementOperation({
  operationId: 'getKey',
  method: 'GET',
  path: '/keys/{keyId}',
  tag: 'keys',
  summary: 'A key, with what it covers and why not the rest',
  access: access.getKey,
  params: z.object({ keyId: givenId }),
  answer: { status: 200, schema: key },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const id = idFrom(params.keyId)
    const found = await keyOf(context.db.request, caller.company.id, id)
    if (found === null) throw problem('not-found')
    const customers = await customersCovered(context.db.request, caller.company.id)
    const limits = { ...limitsInNumbers(context.config.rateLimitFactor, customers), streams: streamsOf(customers) }
    return { ...found, limits, organizations: await keyOrganizations(context.db.request, caller.company.id, id) }
  },
})
