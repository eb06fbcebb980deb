import { z } from 'zod'
import { tellingWhoNeedsTwoFactor } from '../../auth/two-factor-requirement.ts'
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
  description:
    'Members without a second factor can then do nothing but set one up, from their next request on, and are told by mail.',
  access: access.updateSignInSettings,
  body: z.strictObject({ requiresTwoFactor: z.boolean() }),
  answer: { status: 200, schema: signInSettings },
  problems: ['provider-one-factor'],
  handle: ({ context, caller, body }) =>
    context.db.transaction('system', caller.actor, async (tx) => {
      const company = caller.company.id
      await tellingWhoNeedsTwoFactor(context, tx, company, () => updateCompany(tx, company, body))
      // After the update: it takes the company's row, as whoever sets the provider does first.
      if (body.requiresTwoFactor && (await hasOneFactorProvider(tx, company))) throw problem('provider-one-factor')
      return { ...body, ...(await membersWithoutTwoFactor(tx, company)) }
    }),
})
