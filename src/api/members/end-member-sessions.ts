import { z } from 'zod'
import { givenId } from '../../domain/text.ts'
import { sessionsEnded } from '../../email/by-administrator.ts'
import { managementOperation } from '../../http/management.ts'
import { queueMail } from '../../mail.ts'
import { endSessionsOf } from '../../store/sessions.ts'
import { access } from '../access.ts'
import { administratorName, memberAccount } from './member-account.ts'

export const endMemberSessions = managementOperation({
  operationId: 'endMemberSessions',
  method: 'DELETE',
  path: '/members/{memberId}/sessions',
  tag: 'members',
  summary: "End all of a member's sessions",
  description: 'The member is told by mail, and can sign in again.',
  access: access.endMemberSessions,
  params: z.object({ memberId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async (asked) => {
    const { context, caller, params } = asked
    await context.db.transaction('system', caller.actor, async (tx) => {
      const { personId, companyId, email } = await memberAccount(tx, caller, params.memberId)
      await endSessionsOf(tx, personId, null)
      const facts = { by: administratorName(asked) }
      await queueMail(context, tx, sessionsEnded, { companyId, recipient: email, facts })
    })
    return undefined
  },
})
