import { signInSettings } from '../../domain/account.ts'
import { managementOperation } from '../../http/management.ts'
import { membersWithoutTwoFactor, requiresTwoFactor } from '../../store/accounts.ts'
import { access } from '../access.ts'

export const getSignInSettings = managementOperation({
  operationId: 'getSignInSettings',
  method: 'GET',
  path: '/sign-in-settings',
  tag: 'members',
  summary: "What the company's members need to sign in",
  access: access.getSignInSettings,
  answer: { status: 200, schema: signInSettings },
  handle: async ({ context, caller }) => ({
    requiresTwoFactor: await requiresTwoFactor(context.db.system, caller.company.id),
    ...(await membersWithoutTwoFactor(context.db.system, caller.company.id)),
  }),
})
