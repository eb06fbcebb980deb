import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { endPartnership } from '../../store/partnerships.ts'
import { access } from '../access.ts'

export const disconnectPartner = managementOperation({
  operationId: 'disconnectPartner',
  method: 'DELETE',
  path: '/partnerships/{partnershipId}',
  tag: 'partnerships',
  summary: 'Disconnect a customer and a partner',
  description: 'Ends the consent for good: a new connection starts without.',
  access: access.disconnectPartner,
  params: z.object({ partnershipId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const customer = caller.company.kind === 'vendor' ? null : caller.company.id
    const ended = await context.db.transaction('request', caller.actor, (tx) =>
      endPartnership(tx, idFrom(params.partnershipId), customer),
    )
    if (!ended) throw problem('not-found')
    return undefined
  },
})
