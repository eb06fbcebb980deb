import { z } from 'zod'
import { customerInvitation } from '../../domain/customer-invitation.ts'
import { managementOperation } from '../../http/management.ts'
import { customerInvitationsOf } from '../../store/customer-invitations.ts'
import { access } from '../access.ts'

export const listCustomerInvitations = managementOperation({
  operationId: 'listCustomerInvitations',
  method: 'GET',
  path: '/customer-invitations',
  tag: 'customers',
  summary: "The partner's invitations of customers that have not joined yet",
  access: access.listCustomerInvitations,
  answer: { status: 200, schema: z.object({ invitations: z.array(customerInvitation) }) },
  handle: async ({ context, caller }) => ({
    invitations: await customerInvitationsOf(context.db.request, caller.company.id),
  }),
})
