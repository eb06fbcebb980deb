import { z } from 'zod'
import { signInSettings } from '../../domain/account.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { membersWithoutTwoFactor } from '../../store/accounts.ts'
import { updateCompany } from '../../store/companies.ts'
import { hasOneFactorProvider } from '../../store/sign-in-providers.ts'
import { access } from '../access.ts'

export const updateSignInSettings = managementOperation({
  operationId: 'updateSignInSettings',
  method: 'PATCH',
  path: '/sign-in-settings',
  tag: 'members',
  summary: "Change what the company's members need to sign in",
  description: 'Members without a second factor can then do nothing but set one up, from their next request on.',
  access: access.updateSignInSettings,
  body: z.strictObject({ requiresTwoFactor: z.boolean() }),
  answer: { status: 200, schema: signInSettings },
  problems: ['provider-one-factor'],
  handle: ({ context, caller, body }) =>
    context.db.transaction('system', caller.actor, async (tx) => {
      await updateCompany(tx, caller.company.id, body)
      // After the update: it takes the company's row, as whoever sets the provider does first.
      if (body.requiresTwoFactor && (await hasOneFactorProvider(tx, caller.company.id))) throw problem('provider-one-factor')
      return { ...body, ...(await membersWithoutTwoFactor(tx, caller.company.id)) }
    }),
})
