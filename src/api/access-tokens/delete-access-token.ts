import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { deleteAccessToken as removeAccessToken } from '../../store/access-tokens.ts'
import { access } from '../access.ts'

export const deleteAccessToken = managementOperation({
  operationId: 'deleteAccessToken',
  method: 'DELETE',
  path: '/access-tokens/{accessTokenId}',
  tag: 'access tokens',
  summary: 'Delete an access token',
  access: access.deleteAccessToken,
  params: z.object({ accessTokenId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const id = idFrom(params.accessTokenId)
    const found = await context.db.transaction('request', caller.actor, (tx) => removeAccessToken(tx, caller.company.id, id))
    if (!found) throw problem('not-found')
    return undefined
  },
})
