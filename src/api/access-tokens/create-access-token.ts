import { z } from 'zod'
import { accessToken, accessTokenDaysMax, accessTokenName } from '../../domain/access-token.ts'
import { newCredential } from '../../domain/credential.ts'
import { mayAct, role } from '../../domain/role.ts'
import { hashSecret } from '../../domain/server-secrets.ts'
import { accessTokenCreated } from '../../email/access-token-created.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { accessTokenMaker, accessTokensOf, createAccessToken as insertAccessToken } from '../../store/access-tokens.ts'
import { access } from '../access.ts'
import { tell } from '../notices.ts'

const dayMs = 24 * 60 * 60 * 1000

export const createAccessToken = managementOperation({
  operationId: 'createAccessToken',
  method: 'POST',
  path: '/access-tokens',
  tag: 'access tokens',
  summary: 'Create an access token for a program',
  description: 'It never may more than its maker may at the time of use. A token of a member makes none that outlives itself.',
  access: access.createAccessToken,
  body: z.strictObject({
    name: accessTokenName,
    role: role.optional().describe("Absent: the maker's."),
    expiresInDays: z.int().min(1).max(accessTokenDaysMax),
  }),
  answer: { status: 201, schema: z.object({ accessToken, token: z.string().describe('Shown this once.') }) },
  handle: async ({ context, caller, body }) => {
    const given = body.role ?? caller.role
    if (!mayAct(caller.role, given))
      throw problem('not-allowed', { detail: `A token may at most what its maker may: ${caller.role}.` })
    const expiresAt = new Date(context.clock.now().getTime() + body.expiresInDays * dayMs)
    if (caller.token !== null && caller.memberId !== null && expiresAt > new Date(caller.token.expiresAt)) {
      throw problem('request-malformed', {
        detail: `body.expiresInDays: the token that asks expires at ${caller.token.expiresAt}, and makes none that outlives it`,
      })
    }
    const credential = newCredential('at_', context.clock)
    const { hash, secretName } = hashSecret(credential, context.secrets)
    return context.db.transaction('request', caller.actor, async (tx) => {
      const row = {
        id: credential.id,
        name: body.name,
        role: given,
        expiresAt: expiresAt.toISOString(),
        secretHash: hash,
        secretName,
        memberId: caller.memberId,
      }
      await insertAccessToken(tx, caller.company.id, row)
      const [made] = await accessTokensOf(tx, caller.company.id, credential.id)
      if (made === undefined) throw new Error('an access token was made and is not there')
      const maker = (await accessTokenMaker(tx, caller.company.id, credential.id))?.maker ?? null
      if (maker !== null) await tell(context, tx, caller, accessTokenCreated, body.name, [maker])
      return { accessToken: made, token: credential.text }
    })
  },
})
