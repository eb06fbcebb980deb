import { z } from 'zod'
import { givenId } from '../../domain/text.ts'
import { memberRemovedMessage } from '../../email/member-removed.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { queueMail } from '../../mail.ts'
import { deleteMember } from '../../store/members.ts'
import { endSessionsOf } from '../../store/sessions.ts'
import { access } from '../access.ts'
import { memberToChange } from './member-to-change.ts'

export const removeMember = managementOperation({
  operationId: 'removeMember',
  method: 'DELETE',
  path: '/members/{memberId}',
  tag: 'members',
  summary: 'Remove a member from the company',
  description:
    "Ends the member's sessions and access tokens at once; the company's keys stay. The person's account stays, without a company, and is told by mail.",
  access: access.removeMember,
  params: z.object({ memberId: givenId }),
  answer: { status: 204 },
  problems: ['not-found', 'last-administrator'],
  handle: async ({ context, caller, params }) => {
    // As the owner of the schema, since no request may touch sessions.
    await context.db.transaction('system', caller.actor, async (tx) => {
      const { member, lastAdministrator, companyName, by } = await memberToChange(tx, caller, params.memberId)
      if (lastAdministrator) throw problem('last-administrator')
      await deleteMember(tx, caller.company.id, member.id)
      await endSessionsOf(tx, member.personId, null)
      await queueMail(context, tx, memberRemovedMessage, {
        companyId: caller.company.id,
        recipient: member.email,
        facts: { company: companyName, by },
      })
    })
    return undefined
  },
})
