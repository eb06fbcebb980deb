import type { Context } from '../context.ts'
import { newCredential, parseCredential } from '../domain/credential.ts'
import { hashSecret, secretMatches } from '../domain/server-secrets.ts'
import { invitationMessage } from '../email/invitation.ts'
import { problem } from '../http/problem.ts'
import { queueMail } from '../mail.ts'
import type { Db } from '../store/database.ts'
import { installationSettings } from '../store/installation.ts'
import { invitationByLink, type LinkedInvitation, type NewLink } from '../store/invitations.ts'
import { languageOf } from '../store/person-languages.ts'

const dayMs = 24 * 60 * 60 * 1000

/** When an invitation that is made now is over: after as many days as the vendor has set. */
export async function invitationEnd(context: Context, tx: Db): Promise<string> {
  const { invitationDays } = await installationSettings(tx)
  return new Date(context.clock.now().getTime() + invitationDays * dayMs).toISOString()
}

/** A new link for an invitation: `url` with its secret for the mail, the rest to be stored. The secret stands after the #, which no browser sends. */
export async function newInvitationLink(context: Context, tx: Db): Promise<NewLink & { url: string }> {
  const credential = newCredential('in_', context.clock)
  const { hash, secretName } = hashSecret(credential, context.secrets)
  const expiresAt = await invitationEnd(context, tx)
  return { linkId: credential.id, secretHash: hash, secretName, expiresAt, url: `${context.config.url}/join#${credential.text}` }
}

/**
 * Queues an invitation's mail in the transaction that made its link. Of who is invited nothing is known but an address, as a rule, and the browser not before
 * the link is opened: so it is in the language of `sender`, the person who sends it, for two who work together mostly share one. Null: a program sends it.
 */
export async function mailInvitation(
  context: Context,
  tx: Db,
  company: { id: string; name: string },
  invited: { email: string; invitedBy: string | null },
  link: { url: string; expiresAt: string },
  sender: string | null,
): Promise<void> {
  await queueMail(context, tx, invitationMessage, {
    companyId: company.id,
    recipient: invited.email,
    language: await languageOf(tx, sender),
    facts: { company: company.name, inviter: invited.invitedBy, email: invited.email, until: link.expiresAt },
    link: { url: link.url, expiresAt: link.expiresAt },
  })
}

const over = {
  accepted: 'This invitation was accepted already. Sign in with the account that joined by it.',
  revoked: 'This invitation was withdrawn. Ask whoever invited you for a new one.',
  expired: 'This invitation has expired. Ask whoever invited you to send it again.',
} as const

/**
 * The open invitation whose link has this secret text. Throws link-not-valid; only to whom has the secret it says whether the invitation was
 * accepted, withdrawn or has expired.
 */
export async function findInvitation(context: Context, text: string): Promise<LinkedInvitation> {
  const credential = parseCredential(text, 'in_')
  const found = credential === null ? null : await invitationByLink(context.db.request, credential.id)
  if (credential === null || found === null || !secretMatches(credential, found.secretHash, found.secretName, context.secrets)) {
    throw problem('link-not-valid')
  }
  if (found.state !== 'open') throw problem('link-not-valid', { detail: over[found.state] })
  return found
}
