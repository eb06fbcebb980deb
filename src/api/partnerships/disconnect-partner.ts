import { z } from 'zod'
import { giveReceipts } from '../../consent-receipts.ts'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { partnerRemovedMail } from '../../email/partner-removed.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { endPartnership } from '../../store/partnerships.ts'
import { access } from '../access.ts'
import { tellPartner } from './tell-partner.ts'

export const disconnectPartner = managementOperation({
  operationId: 'disconnectPartner',
  method: 'DELETE',
  path: '/partnerships/{partnershipId}',
  tag: 'partnerships',
  summary: 'Disconnect a customer and a partner',
  description: 'Ends the consent and administrator access for good: a new connection starts without.',
  access: access.disconnectPartner,
  params: z.object({ partnershipId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const customer = caller.company.kind === 'vendor' ? null : caller.company.id
    await context.db.transaction('request', caller.actor, async (tx) => {
      const ended = await endPartnership(tx, idFrom(params.partnershipId), customer)
      if (ended === null) throw problem('not-found')
      await tellPartner(context, tx, partnerRemovedMail, ended)
      await giveReceipts(context, tx, ended.events, caller.personId)
    })
    return undefined
  },
})
