import { problem } from '../../http/problem.ts'
import type { Db } from '../../store/database.ts'
import { invitedLately } from '../../store/invitations.ts'

/** How many one member, and all of a company, may invite in 24 hours: each is a mail to somebody who did not ask for it. */
export const invitationsADayMax = { member: 100, company: 500 } as const

/** How many links one invitation may have: the first, and those that were sent again. */
export const linksPerInvitationMax = 10

const hourSeconds = 60 * 60

/** Throws too-many-requests where as many were invited lately as may be. The company is locked, so that many at once do not slip through. */
export async function takeInvitation(tx: Db, company: string, inviter: string | null): Promise<void> {
  const lately = await invitedLately(tx, company, inviter)
  if (lately.company < invitationsADayMax.company && lately.inviter < invitationsADayMax.member) return
  throw problem('too-many-requests', {
    detail: `In 24 hours a member may invite ${invitationsADayMax.member} co-workers, and a company ${invitationsADayMax.company}. Go on tomorrow.`,
    headers: { 'retry-after': String(hourSeconds) },
  })
}

/** Throws too-many-requests where an invitation was sent as often as it may be. */
export function checkLinks(linksMade: number): void {
  if (linksMade <= linksPerInvitationMax) return
  throw problem('too-many-requests', {
    detail: `An invitation is sent ${linksPerInvitationMax} times at most. Revoke it, and invite anew.`,
    headers: { 'retry-after': String(hourSeconds) },
  })
}
