import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { deleteKey as removeKey } from '../../store/keys.ts'
import { access } from '../access.ts'

export const deleteKey = managementOperation({
  operationId: 'deleteKey',
  method: 'DELETE',
  path: '/keys/{keyId}',
  tag: 'keys',
  summary: 'Delete a key',
  description: 'From the answer on, no request with it succeeds.',
  access: access.deleteKey,
  params: z.object({ keyId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const id = idFrom(params.keyId)
    const found = await context.db.transaction('request', caller.actor, (tx) => removeKey(tx, caller.company.id, id))
    if (!found) throw problem('not-found')
    return undefined
  },
})
