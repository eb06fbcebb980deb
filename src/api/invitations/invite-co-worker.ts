import { z } from 'zod'
import { requireConfirmed } from '../../auth/confirmation.ts'
import { invitationEnd, mailInvitation, newInvitationLink } from '../../auth/invitation.ts'
import { addressToInvite, alreadyInvited, invitation } from '../../domain/invitation.ts'
import { role } from '../../domain/role.ts'
import { invitationApprovalMessage } from '../../email/invitation-approval.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { queueMails } from '../../mail.ts'
import { companyById, lockCompany } from '../../store/companies.ts'
import { installationSettings } from '../../store/installation.ts'
import { addInvitation, invitationsOf } from '../../store/invitations.ts'
import { administratorsOf, isMember } from '../../store/members.ts'
import { access } from '../access.ts'
import { takeInvitation } from './daily-limits.ts'

const addressLengthMax = 1000

export const inviteCoWorker = managementOperation({
  operationId: 'inviteCoWorker',
  method: 'POST',
  path: '/invitations',
  tag: 'invitations',
  summary: 'Invite a co-worker to the company',
  description:
    'Mails a link, or where the installation requires it asks administrators for approval first. The answer is the same whoever has the address.',
  access: access.inviteCoWorker,
  body: z.strictObject({
    email: z.string().max(addressLengthMax),
    role: role
      .optional()
      .describe('For administrators to give, who confirm who they are for more than a viewer; absent: viewer.'),
  }),
  answer: { status: 201, schema: invitation },
  problems: ['already-invited'],
  handle: async ({ context, caller, body }) => {
    const address = addressToInvite(body.email)
    if ('mistake' in address) throw problem('request-malformed', { detail: address.mistake })
    if (body.role !== undefined && caller.role !== 'administrator') {
      throw problem('not-allowed', {
        detail: 'Only an administrator chooses a role. Without one, a co-worker joins as a viewer.',
      })
    }
    // As to give a role to whoever is in already: an open browser must not mail itself more than a look.
    if (body.role !== undefined && body.role !== 'viewer' && caller.session !== null)
      requireConfirmed(caller.session, context.clock)
    const company = caller.company.id
    return context.db.transaction('request', caller.actor, async (tx) => {
      await lockCompany(tx, company)
      if (await isMember(tx, company, address.email)) throw refusal(context.config.portalName)
      await takeInvitation(tx, company, caller.personId)
      const waits = caller.role !== 'administrator' && (await installationSettings(tx)).invitationApproval
      const link = waits ? null : await newInvitationLink(context, tx)
      const expiresAt = link?.expiresAt ?? (await invitationEnd(context, tx))
      const row = { email: address.email, role: body.role ?? ('viewer' as const), inviterId: caller.personId, link, expiresAt }
      const id = await addInvitation(tx, company, row)
      if (id === null) throw refusal(context.config.portalName)
      const [made] = await invitationsOf(tx, company, id)
      const name = (await companyById(tx, company))?.name
      if (made === undefined || name === undefined) throw new Error('an invitation was made and is not there')
      const invitedBy = made.invitedBy ?? null
      if (link !== null) {
        const invited = { email: address.email, invitedBy }
        await mailInvitation(context, tx, { id: company, name }, invited, link, caller.personId)
      }
      const facts = { company: name, inviter: invitedBy, email: address.email, until: expiresAt }
      const told = waits ? await administratorsOf(tx, company) : []
      await queueMails(context, tx, invitationApprovalMessage, told, { companyId: company, facts })
      return made
    })
  },
})

function refusal(portalName: string) {
  return problem('already-invited', { detail: alreadyInvited(portalName) })
}
