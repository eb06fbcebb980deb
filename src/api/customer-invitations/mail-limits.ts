import { customerInvitationMail } from '../../email/customer-invitation.ts'
import { problem } from '../../http/problem.ts'
import type { Db } from '../../store/database.ts'
import { mailsOfLastDay } from '../../store/mails.ts'

/** Invitations that a partner may send within a day, all in all and to one address: each goes to somebody who did not ask for it. */
export const invitationMailsMax = { perPartner: 100, perAddress: 5 } as const

/**
 * Throws too-many-requests where the partner, whose row is locked, has sent as many as it may. Counted in the database: with several
 * processes there are no more.
 */
export async function mayMail(tx: Db, partner: string, recipient: string): Promise<void> {
  const counts = await mailsOfLastDay(tx, partner, customerInvitationMail.name, recipient)
  const waits = [
    ...(counts.all >= invitationMailsMax.perPartner ? [counts.freeInSeconds] : []),
    ...(counts.toRecipient >= invitationMailsMax.perAddress ? [counts.recipientFreeInSeconds] : []),
  ]
  if (waits.length === 0) return
  throw problem('too-many-requests', {
    detail: 'So many invitations have been sent within a day that this one must wait.',
    headers: { 'retry-after': String(Math.max(1, ...waits)) },
  })
}
