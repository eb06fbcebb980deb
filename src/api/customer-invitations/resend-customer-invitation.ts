import { z } from 'zod'
import { mailInvitation, newInvitationLink } from '../../auth/customer-invitation.ts'
import { customerInvitation } from '../../domain/customer-invitation.ts'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { lockCompany } from '../../store/companies.ts'
import { customerInvitationsOf, renewCustomerInvitation } from '../../store/customer-invitations.ts'
import { access } from '../access.ts'
import { mayMail } from './mail-limits.ts'

export const resendCustomerInvitation = managementOperation({
  operationId: 'resendCustomerInvitation',
  method: 'POST',
  path: '/customer-invitations/{invitationId}/sending',
  tag: 'customers',
  summary: 'Send an invitation again',
  description: 'With a new link, good for 30 days from now. The old one is refused from then on.',
  access: access.resendCustomerInvitation,
  params: z.object({ invitationId: givenId }),
  answer: { status: 200, schema: customerInvitation },
  problems: ['not-found'],
  handle: async ({ context, caller, params }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      const id = idFrom(params.invitationId)
      const partner = caller.company.id
      await lockCompany(tx, partner)
      const [standing] = await customerInvitationsOf(tx, partner, id)
      if (standing === undefined) throw problem('not-found')
      await mayMail(tx, partner, standing.email)
      const { stored, url } = newInvitationLink(context)
      // Where it was accepted between the two statements.
      if (!(await renewCustomerInvitation(tx, partner, id, stored))) throw problem('not-found')
      const [renewed] = await customerInvitationsOf(tx, partner, id)
      if (renewed === undefined) throw new Error('an invitation was renewed and is not there')
      await mailInvitation(context, tx, partner, renewed, url, caller.personId)
      return renewed
    }),
})
