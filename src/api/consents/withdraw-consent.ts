import { z } from 'zod'
import { giveReceipts } from '../../consent-receipts.ts'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { withdrawConsent as endConsent } from '../../store/consents.ts'
import { access } from '../access.ts'

export const withdrawConsent = managementOperation({
  operationId: 'withdrawConsent',
  method: 'DELETE',
  path: '/partnerships/{partnershipId}/consent',
  tag: 'consents',
  summary: 'Withdraw consent',
  description:
    'From the answer on, no request of the partner for device data succeeds. Both sides get a receipt by mail. Without consent: nothing changes.',
  access: access.withdrawConsent,
  params: z.object({ partnershipId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    await context.db.transaction('request', caller.actor, async (tx) => {
      const events = await endConsent(tx, caller.company.id, idFrom(params.partnershipId))
      if (events === null) throw problem('not-found')
      await giveReceipts(context, tx, events, caller.personId)
    })
    return undefined
  },
})
