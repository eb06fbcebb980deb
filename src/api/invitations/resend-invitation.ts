import { z } from 'zod'
import { invitation } from '../../domain/invitation.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { renewInvitation } from '../../store/invitations.ts'
import { access } from '../access.ts'
import { sendInvitation } from './send-invitation.ts'

export const resendInvitation = managementOperation({
  operationId: 'resendInvitation',
  method: 'POST',
  path: '/invitations/{invitationId}/link',
  tag: 'invitations',
  summary: 'Send an invitation again, with a new link',
  description: 'The link before it is refused from now on. An expired invitation is good again, and approved if it was not.',
  access: access.resendInvitation,
  params: z.object({ invitationId: givenId }),
  answer: { status: 200, schema: invitation },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => sendInvitation(context, caller, params.invitationId, renewInvitation),
})
