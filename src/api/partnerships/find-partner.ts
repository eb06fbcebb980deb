import { z } from 'zod'
import { foundPartner } from '../../domain/partnership.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { partnerWithTypedIdOrName, typedPartnerId } from './typed-partner-id.ts'

export const findPartner = managementOperation({
  operationId: 'findPartner',
  method: 'POST',
  path: '/partners/search',
  tag: 'partnerships',
  summary: 'Who has this Partner ID',
  description:
    "Also the one that a partner's name makes. Answers how to reach that partner, so that the customer can tell whether it means this one. Limited against guessing.",
  access: access.findPartner,
  body: z.strictObject({ partnerId: typedPartnerId }),
  answer: { status: 200, schema: foundPartner },
  problems: ['partner-not-found'],
  handle: async ({ context, findLimits, caller, body, request }) => {
    await findLimits.take(caller.company.id, request.ip)
    return partnerWithTypedIdOrName(context.db.request, body.partnerId)
  },
})
