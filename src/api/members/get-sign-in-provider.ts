import { z } from 'zod'
import { redirectUriOf, signInProvider, signOutUriOf } from '../../domain/sign-in-provider.ts'
import { managementOperation } from '../../http/management.ts'
import { providerOfCompany } from '../../store/sign-in-providers.ts'
import { access } from '../access.ts'
import { toldProvider } from './sign-in-provider.ts'

export const getSignInProvider = managementOperation({
  operationId: 'getSignInProvider',
  method: 'GET',
  path: '/sign-in-provider',
  tag: 'members',
  summary: "The company's single sign-on",
  access: access.getSignInProvider,
  answer: {
    status: 200,
    schema: z.object({
      provider: signInProvider.optional().describe('Absent: the company has none.'),
      redirectUri: z.string(),
      signOutUri: z.string(),
    }),
  },
  handle: async ({ context, caller }) => {
    const row = await providerOfCompany(context.db.system, caller.company.id)
    const uris = { redirectUri: redirectUriOf(context.config.url), signOutUri: signOutUriOf(context.config.url) }
    return row === null ? uris : { provider: toldProvider(context, row), ...uris }
  },
})
