import { z } from 'zod'
import { signInSettings } from '../../domain/account.ts'
import { managementOperation } from '../../http/management.ts'
import { membersWithoutTwoFactor } from '../../store/accounts.ts'
import { updateCompany } from '../../store/companies.ts'
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
  handle: ({ context, caller, body }) =>
    context.db.transaction('system', caller.actor, async (tx) => {
      await updateCompany(tx, caller.company.id, body)
      return { ...body, ...(await membersWithoutTwoFactor(tx, caller.company.id)) }
    }),
})
