import { z } from 'zod'
import { partnerId } from '../../domain/company.ts'
import { idFrom } from '../../domain/ids.ts'
import { partnership } from '../../domain/partnership.ts'
import { givenId } from '../../domain/text.ts'
import { partnerConnectedMail } from '../../email/partner-connected.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { connectPartner as insertPartnership, partnerships } from '../../store/partnerships.ts'
import { access } from '../access.ts'
import { tellPartner } from './tell-partner.ts'

export const connectPartner = managementOperation({
  operationId: 'connectPartner',
  method: 'POST',
  path: '/partnerships',
  tag: 'partnerships',
  summary: 'Connect a customer and a partner',
  description: 'The partner sees the name and the state of the customer. Device data need the consent of the customer besides.',
  access: access.connectPartner,
  body: z.strictObject({ customerId: givenId, partnerId }),
  answer: { status: 201, schema: partnership },
  problems: ['not-found', 'already-connected'],
  handle: async ({ context, caller, body }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const id = await insertPartnership(tx, idFrom(body.customerId), body.partnerId)
      if (id === 'already') throw problem('already-connected')
      const [made] = id === null ? [] : await partnerships(tx, id)
      if (made === undefined)
        throw problem('not-found', { detail: 'There is no such customer, or no partner with this Partner ID.' })
      await tellPartner(context, tx, partnerConnectedMail, { customerId: made.customer.id, partnerCompanyId: made.partner.id })
      return made
    }),
})
