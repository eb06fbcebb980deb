import { z } from 'zod'
import { partner } from '../../domain/partnership.ts'
import { partnerConnectedMail } from '../../email/partner-connected.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { settleCustomerInvitation } from '../../store/customer-invitations.ts'
import { addPartnership, partnersOf } from '../../store/partnerships.ts'
import { access } from '../access.ts'
import { tellPartner } from './tell-partner.ts'
import { partnerWithTypedId, typedPartnerId } from './typed-partner-id.ts'

export const addPartner = managementOperation({
  operationId: 'addPartner',
  method: 'POST',
  path: '/partners',
  tag: 'partnerships',
  summary: 'Connect to a partner',
  description:
    'The partner sees the name and the state of the customer. Device data need consent besides. Limited against guessing, together with findPartner.',
  access: access.addPartner,
  body: z.strictObject({ partnerId: typedPartnerId }),
  answer: { status: 201, schema: partner },
  problems: ['partner-not-found', 'already-connected'],
  handle: async ({ context, findLimits, caller, body, request }) => {
    await findLimits.take(caller.company.id, request.ip)
    return context.db.transaction('request', caller.actor, async (tx) => {
      const { companyId } = await partnerWithTypedId(tx, body.partnerId)
      const id = await addPartnership(tx, caller.company.id, companyId)
      if (id === 'already') throw problem('already-connected', { detail: 'Your company is connected to this partner.' })
      if (caller.personId !== null) await settleCustomerInvitation(tx, companyId, caller.personId)
      await tellPartner(context, tx, partnerConnectedMail, { customerId: caller.company.id, partnerCompanyId: companyId })
      const [made] = await partnersOf(tx, caller.company.id, id)
      if (made === undefined) throw new Error('a partnership was made and is not there')
      return made
    })
  },
})
