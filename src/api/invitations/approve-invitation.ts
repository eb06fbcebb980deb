import { z } from 'zod'
import { invitation } from '../../domain/invitation.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { approveInvitation as approve } from '../../store/invitations.ts'
import { access } from '../access.ts'
import { sendInvitation } from './send-invitation.ts'

export const approveInvitation = managementOperation({
  operationId: 'approveInvitation',
  method: 'PUT',
  path: '/invitations/{invitationId}/approval',
  tag: 'invitations',
  summary: 'Approve what another member invites: its link is mailed',
  description: 'Of an invitation that awaits it: one that was made while the installation requires approval.',
  access: access.approveInvitation,
  params: z.object({ invitationId: givenId }),
  answer: { status: 200, schema: invitation },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => sendInvitation(context, caller, params.invitationId, approve),
})
