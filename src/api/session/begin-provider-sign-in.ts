import { z } from 'zod'
import { addressToSignIn, providerOf } from '../../auth/provider.ts'
import { whenceOf } from '../../auth/whence.ts'
import { providerName } from '../../domain/sign-in-provider.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { openProvider } from '../../store/sign-in-providers.ts'
import { access } from '../access.ts'

export const beginProviderSignIn = managementOperation({
  operationId: 'beginProviderSignIn',
  method: 'POST',
  path: '/session/provider-challenge',
  tag: 'session',
  summary: "Begin to sign in at a company's own provider",
  description:
    'Answers where to send the browser, and sets a cookie by which it is known when it comes back, for ten minutes. Which company signs in under a ' +
    'name is public; attempts are limited per address and per name.',
  access: access.beginProviderSignIn,
  body: z.strictObject({
    name: providerName,
    again: z.boolean().optional().describe('Ask for a proof there, whatever session the provider has: it confirms the session.'),
  }),
  answer: { status: 200, schema: z.object({ url: z.string() }) },
  problems: ['provider-not-found', 'provider-failed', 'too-many-requests'],
  handle: async ({ context, accounts, signInLimits, body, request, reply }) => {
    const limited = `provider ${body.name}`
    await signInLimits.take(request.ip, limited)
    const row = await openProvider(context.db.system, { name: body.name })
    if (row === null) throw problem('provider-not-found')
    await signInLimits.giveBack(request.ip, limited)
    const provider = await providerOf(context, row)
    const whence = whenceOf(request)
    const again = body.again === true
    const { flow, cookie } = await accounts.providers.begin({ companyId: row.companyId, again }, whence)
    const url = await addressToSignIn(context, provider, flow, again)
    reply.header('set-cookie', cookie)
    return { url }
  },
})
