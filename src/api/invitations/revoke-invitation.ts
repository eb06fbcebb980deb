import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { revokeInvitation as revoke } from '../../store/invitations.ts'
import { access } from '../access.ts'

export const revokeInvitation = managementOperation({
  operationId: 'revokeInvitation',
  method: 'DELETE',
  path: '/invitations/{invitationId}',
  tag: 'invitations',
  summary: 'Revoke an invitation: its link is refused from now on',
  access: access.revokeInvitation,
  params: z.object({ invitationId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const id = idFrom(params.invitationId)
    const found = await context.db.transaction('request', caller.actor, (tx) => revoke(tx, caller.company.id, id))
    if (!found) throw problem('not-found')
    return undefined
  },
})
