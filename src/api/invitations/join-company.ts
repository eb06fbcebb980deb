import { z } from 'zod'
import { sessionOf } from '../../auth/caller.ts'
import { findInvitation } from '../../auth/invitation.ts'
import { joinAsOutsider, otherAddress } from '../../auth/joining.ts'
import { session } from '../../domain/company.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { memberOfPerson } from '../../store/members.ts'
import { access } from '../access.ts'

export const joinCompany = managementOperation({
  operationId: 'joinCompany',
  method: 'POST',
  path: '/membership',
  tag: 'invitations',
  summary: 'Join a company by an invitation, with the account that is signed in',
  description: 'For a person without a company, whose verified address is the one that was invited. Uses the link up.',
  access: access.joinCompany,
  body: z.strictObject({ token: z.string().max(200) }),
  answer: { status: 201, schema: session },
  problems: ['link-not-valid', 'invited-other-address', 'email-not-verified', 'in-a-company'],
  handle: async ({ context, caller, body, request }) => {
    const invitation = await findInvitation(context, body.token)
    const { member, outsider } = caller
    if (member !== null && member.email !== invitation.email) throw otherAddress(invitation.email, member.email)
    if (outsider === null) throw problem('in-a-company')
    await joinAsOutsider(context, invitation, outsider, request.ip)
    const joined = await memberOfPerson(context.db.request, caller.personId)
    if (joined === null) throw problem('not-signed-in')
    return sessionOf(joined, context.config.portalName)
  },
})
