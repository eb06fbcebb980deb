import type { Caller } from '../../auth/caller.ts'
import { mailInvitation, newInvitationLink } from '../../auth/invitation.ts'
import type { Context } from '../../context.ts'
import { idFrom } from '../../domain/ids.ts'
import type { Invitation } from '../../domain/invitation.ts'
import { problem } from '../../http/problem.ts'
import { companyById, lockCompany } from '../../store/companies.ts'
import type { Db } from '../../store/database.ts'
import { invitationsOf, type MailedInvitation, type NewLink } from '../../store/invitations.ts'
import { checkLinks } from './daily-limits.ts'

/**
 * Gives an invitation of the caller's company a new link by `renew`, and mails it. Throws not-found where `renew` finds no such, too-many-requests
 * where it was sent too often.
 */
export async function sendInvitation(
  context: Context,
  caller: Caller,
  given: string,
  renew: (tx: Db, company: string, id: string, link: NewLink) => Promise<MailedInvitation | null>,
): Promise<Invitation> {
  const company = caller.company.id
  const id = idFrom(given)
  return context.db.transaction('request', caller.actor, async (tx) => {
    // Before the invitation, as whoever accepts takes them: the mail's row needs the company too.
    await lockCompany(tx, company)
    const link = await newInvitationLink(context, tx)
    const mailed = await renew(tx, company, id, link)
    if (mailed === null) throw problem('not-found')
    checkLinks(mailed.linksMade)
    const name = (await companyById(tx, company))?.name
    const [sent] = await invitationsOf(tx, company, id)
    if (name === undefined || sent === undefined) throw new Error('an invitation was sent and is not there')
    await mailInvitation(context, tx, { id: company, name }, mailed, link, caller.personId)
    return sent
  })
}
