import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { accessTokenDeleted } from '../../email/access-token-deleted.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { accessTokenMaker, deleteAccessToken as removeAccessToken } from '../../store/access-tokens.ts'
import { access } from '../access.ts'
import { tell } from '../notices.ts'

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
    return context.db.transaction('request', caller.actor, async (tx) => {
      const token = await accessTokenMaker(tx, caller.company.id, id)
      if (token === null || !(await removeAccessToken(tx, caller.company.id, id))) throw problem('not-found')
      if (token.maker !== null) await tell(context, tx, caller, accessTokenDeleted, token.name, [token.maker])
      return undefined
    })
  },
})
