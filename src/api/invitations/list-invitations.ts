import { z } from 'zod'
import { invitation } from '../../domain/invitation.ts'
import { managementOperation } from '../../http/management.ts'
import { invitationsOf } from '../../store/invitations.ts'
import { access } from '../access.ts'

export const listInvitations = managementOperation({
  operationId: 'listInvitations',
  method: 'GET',
  path: '/invitations',
  tag: 'invitations',
  summary: "The company's invitations that are neither accepted nor revoked, the newest first",
  access: access.listInvitations,
  answer: { status: 200, schema: z.object({ invitations: z.array(invitation) }) },
  handle: async ({ context, caller }) => ({ invitations: await invitationsOf(context.db.request, caller.company.id) }),
})
