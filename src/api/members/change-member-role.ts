import { z } from 'zod'
import { member } from '../../domain/member.ts'
import { role } from '../../domain/role.ts'
import { givenId } from '../../domain/text.ts'
import { roleChangedMessage } from '../../email/role-changed.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { queueMail } from '../../mail.ts'
import { setMemberRole } from '../../store/members.ts'
import { access } from '../access.ts'
import { memberToChange } from './member-to-change.ts'

export const changeMemberRole = managementOperation({
  operationId: 'changeMemberRole',
  method: 'PATCH',
  path: '/members/{memberId}',
  tag: 'members',
  summary: "Change a member's role",
  description:
    'It holds from the next request on, for sessions and for the access tokens that the member made. The member is told by mail.',
  access: access.changeMemberRole,
  params: z.object({ memberId: givenId }),
  body: z.strictObject({ role }),
  answer: { status: 200, schema: member },
  problems: ['not-found', 'last-administrator'],
  handle: async ({ context, caller, params, body }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const { member: found, lastAdministrator, companyName, by } = await memberToChange(tx, caller, params.memberId)
      if (found.role === body.role) return found
      if (lastAdministrator) throw problem('last-administrator')
      await setMemberRole(tx, caller.company.id, found.id, body.role)
      await queueMail(context, tx, roleChangedMessage, {
        companyId: caller.company.id,
        recipient: found.email,
        facts: { company: companyName, by, role: body.role },
      })
      return { ...found, role: body.role }
    }),
})
