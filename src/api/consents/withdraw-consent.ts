import { z } from 'zod'
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
  description: 'From the answer on, no request of the partner for device data succeeds. Without consent: nothing changes.',
  access: access.withdrawConsent,
  params: z.object({ partnershipId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) => {
    const found = await context.db.transaction('request', caller.actor, (tx) =>
      endConsent(tx, caller.company.id, idFrom(params.partnershipId)),
    )
    if (!found) throw problem('not-found')
    return undefined
  },
})
