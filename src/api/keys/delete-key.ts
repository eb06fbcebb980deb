import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { keyDeleted } from '../../email/key-deleted.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { deleteKey as removeKey } from '../../store/keys.ts'
import { access } from '../access.ts'
import { tellAdministrators } from '../notices.ts'

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
    return context.db.transaction('request', caller.actor, async (tx) => {
      const name = await removeKey(tx, caller.company.id, id)
      if (name === null) throw problem('not-found')
      await tellAdministrators(context, tx, caller, keyDeleted, name)
      return undefined
    })
  },
})
