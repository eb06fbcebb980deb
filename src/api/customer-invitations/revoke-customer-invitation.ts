import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { revokeCustomerInvitation as endInvitation } from '../../store/customer-invitations.ts'
import { access } from '../access.ts'

export const revokeCustomerInvitation = managementOperation({
  operationId: 'revokeCustomerInvitation',
  method: 'DELETE',
  path: '/customer-invitations/{invitationId}',
  tag: 'customers',
  summary: 'Revoke an invitation',
  description: 'Its link is refused from then on. The address may be invited again.',
  access: access.revokeCustomerInvitation,
  params: z.object({ invitationId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const revoked = await context.db.transaction('request', caller.actor, (tx) =>
      endInvitation(tx, caller.company.id, idFrom(params.invitationId)),
    )
    if (!revoked) throw problem('not-found')
    return undefined
  },
})
