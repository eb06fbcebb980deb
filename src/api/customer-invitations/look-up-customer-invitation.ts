import { z } from 'zod'
import { findCustomerInvitation } from '../../auth/customer-invitation.ts'
import { instant } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { present } from '../../store/present.ts'
import { access } from '../access.ts'

export const lookUpCustomerInvitation = managementOperation({
  operationId: 'lookUpCustomerInvitation',
  method: 'POST',
  path: '/customer-invitations/look-up',
  tag: 'customers',
  summary: 'What the link of a customer invitation is for',
  description:
    'A POST, so that the secret of the link stands in no address and no log. Says nothing about whether the address has an account.',
  access: access.lookUpCustomerInvitation,
  body: z.strictObject({ token: z.string().max(200) }),
  answer: {
    status: 200,
    schema: z.object({
      partner: z.object({ name: z.string(), contactEmail: z.string().optional(), contactPhone: z.string().optional() }),
      organizationName: z.string(),
      address: z.string().optional(),
      email: z.string().describe('The only address that may use the link.'),
      expiresAt: instant,
    }),
  },
  problems: ['link-not-valid'],
  handle: async ({ context, body }) => {
    const found = await findCustomerInvitation(context, body.token)
    if (found === null) throw problem('link-not-valid')
    const { partnerName, contactEmail, contactPhone, organizationName, address, email, expiresAt } = found
    return {
      partner: present({ name: partnerName, contactEmail, contactPhone }),
      ...present({ organizationName, address, email, expiresAt }),
    }
  },
})
