import { z } from 'zod'
import { givenId } from '../../domain/text.ts'
import { twoFactorReset } from '../../email/by-administrator.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { queueMail } from '../../mail.ts'
import { removeTwoFactor } from '../../store/accounts.ts'
import { endSessionsOf } from '../../store/sessions.ts'
import { access } from '../access.ts'
import { administratorName, memberAccount } from './member-account.ts'

export const resetMemberTwoFactor = managementOperation({
  operationId: 'resetMemberTwoFactor',
  method: 'DELETE',
  path: '/members/{memberId}/two-factor',
  tag: 'members',
  summary: "Reset a member's two-factor sign-in",
  description:
    "For who has lost the device and the recovery codes. Ends the member's sessions; its passkeys stay. The member is told by mail.",
  access: access.resetMemberTwoFactor,
  params: z.object({ memberId: givenId }),
  answer: { status: 204 },
  problems: ['not-found', 'two-factor-off'],
  handle: async (asked) => {
    const { context, caller, params } = asked
    await context.db.transaction('system', caller.actor, async (tx) => {
      const { personId, companyId, email } = await memberAccount(tx, caller, params.memberId)
      if (!(await removeTwoFactor(tx, personId))) throw problem('two-factor-off')
      await endSessionsOf(tx, personId, null)
      const facts = { by: administratorName(asked) }
      await queueMail(context, tx, twoFactorReset, { companyId, recipient: email, facts })
    })
    return undefined
  },
})
