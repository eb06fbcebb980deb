import { z } from 'zod'
import { accessToken } from '../../domain/access-token.ts'
import { managementOperation } from '../../http/management.ts'
import { accessTokensOf } from '../../store/access-tokens.ts'
import { access } from '../access.ts'

export const listAccessTokens = managementOperation({
  operationId: 'listAccessTokens',
  method: 'GET',
  path: '/access-tokens',
  tag: 'access tokens',
  summary: "The company's access tokens that have not expired, the newest first",
  access: access.listAccessTokens,
  answer: { status: 200, schema: z.object({ accessTokens: z.array(accessToken) }) },
  handle: async ({ context, caller }) => ({ accessTokens: await accessTokensOf(context.db.request, caller.company.id) }),
})
