import { z } from 'zod'
import { mailInvitation, newInvitationLink } from '../../auth/customer-invitation.ts'
import { companyAddress, companyName } from '../../domain/company.ts'
import { customerInvitation } from '../../domain/customer-invitation.ts'
import { emailAddress } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { lockCompany } from '../../store/companies.ts'
import { addCustomerInvitation, customerInvitationsOf } from '../../store/customer-invitations.ts'
import { access } from '../access.ts'
import { mayMail } from './mail-limits.ts'

export const inviteCustomer = managementOperation({
  operationId: 'inviteCustomer',
  method: 'POST',
  path: '/customer-invitations',
  tag: 'customers',
  summary: 'Invite an organization to become a customer',
  description:
    'Sends a link to the address, good for 30 days and once. Whoever uses it makes the company, connected to the partner, without consent. ' +
    'The answer is the same whether or not the address has an account.',
  access: access.inviteCustomer,
  body: z.strictObject({
    organizationName: companyName,
    email: emailAddress.describe('Where the link is sent, and the only address that may use it. Kept in lower case.'),
    address: companyAddress.optional().describe("The organization's postal address."),
  }),
  answer: { status: 201, schema: customerInvitation },
  problems: ['customer-already-invited'],
  handle: async ({ context, caller, body }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      await lockCompany(tx, caller.company.id)
      await mayMail(tx, caller.company.id, body.email)
      const { stored, url } = newInvitationLink(context)
      const given = { organizationName: body.organizationName, email: body.email, address: body.address ?? null }
      const id = await addCustomerInvitation(tx, caller.company.id, { ...given, ...stored, invitedBy: caller.personId })
      if (id === null) throw problem('customer-already-invited')
      const [made] = await customerInvitationsOf(tx, caller.company.id, id)
      if (made === undefined) throw new Error('an invitation was made and is not there')
      await mailInvitation(context, tx, caller.company.id, made, url, caller.personId)
      return made
    }),
})
