import { z } from 'zod'
import { joinByProvider } from '../../auth/joining.ts'
import { claimsFrom, providerOf } from '../../auth/provider.ts'
import { whenceOf } from '../../auth/whence.ts'
import { session } from '../../domain/company.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { memberPersonOf, openProvider } from '../../store/sign-in-providers.ts'
import { access } from '../access.ts'
import { answerSignIn } from './answer-sign-in.ts'

export const signInWithProvider = managementOperation({
  operationId: 'signInWithProvider',
  method: 'POST',
  path: '/session/provider',
  tag: 'session',
  summary: "Sign in by what the company's provider has led back with",
  description:
    'With the cookie that beginProviderSignIn set, once. Who signs in is the member of that company whose address the provider names and has ' +
    'verified. It ends the session that the browser had of the same person.',
  access: access.signInWithProvider,
  body: z.strictObject({
    parameters: z.string().min(1).max(8000).describe('The query of the address that the provider led back to.'),
    invitation: z
      .string()
      .max(200)
      .optional()
      .describe("The secret text of an invitation's link: who is no member yet joins by it, as a new person."),
  }),
  answer: { status: 200, schema: session },
  problems: [
    ...(['sign-in-failed', 'sign-in-over', 'provider-refused', 'provider-failed'] as const),
    ...(['link-not-valid', 'invited-other-address', 'email-taken'] as const),
  ],
  handle: async (asked) => {
    const { context, accounts, body, request, reply } = asked
    const { cookie } = request.headers
    const whence = whenceOf(request)
    const begun = await accounts.providers.take(cookie, whence)
    // The cookie is of no use any more, whatever comes of it.
    reply.header('set-cookie', begun.forgetting)
    const row = await openProvider(context.db.system, { companyId: begun.companyId })
    if (row === null) throw problem('provider-refused')
    const claims = await claimsFrom(context, await providerOf(context, row), begun.flow, { ...begun, ...body })
    const { companyId } = row
    const isMember = (await memberPersonOf(context.db.system, companyId, claims.email)) !== null
    if (!isMember && body.invitation !== undefined) {
      await joinByProvider(context, { token: body.invitation, companyId }, claims, request.ip)
    }
    const former = cookie === undefined ? null : await accounts.sessionOf(cookie)
    const signedIn = await accounts.providers.signIn(companyId, claims, former, whence)
    return answerSignIn(asked, signedIn, 'provider')
  },
})
