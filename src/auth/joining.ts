import type { Context } from '../context.ts'
import { randomBase62 } from '../domain/base62.ts'
import { memberJoinedMessage } from '../email/member-joined.ts'
import { problem } from '../http/problem.ts'
import { queueMails } from '../mail.ts'
import { lockCompany } from '../store/companies.ts'
import type { Actor, Db } from '../store/database.ts'
import { type LinkedInvitation, useInvitation } from '../store/invitations.ts'
import { addMember, administratorsOf, isMember, type OutsiderRow } from '../store/members.ts'
import { addPerson, addressOf } from '../store/people.ts'
import { findInvitation } from './invitation.ts'
import { hashPassword } from './password-hash.ts'
import type { ProviderClaims } from './provider.ts'

/**
 * Makes a new person with a password, or without where the company's provider named it, who joins by this invitation: one transaction. The address counts as verified, since the link was mailed
 * there. Throws link-not-valid where the invitation is over meanwhile, email-taken where the address has an account.
 */
export async function joinAsNewPerson(
  context: Context,
  invitation: LinkedInvitation,
  given: { name: string; password: string | null },
  address: string,
): Promise<void> {
  const passwordHash = given.password === null ? null : await hashPassword(given.password)
  const newId = () => randomBase62(32, (size) => context.clock.randomBytes(size))
  const person = {
    id: newId(),
    name: given.name,
    email: invitation.email,
    signInMethodId: newId(),
    passwordHash,
    emailVerified: true,
  }
  const actor: Actor = { kind: 'person', id: person.id, company: invitation.companyId, address }
  await context.db.transaction('request', actor, async (tx) => {
    await accept(tx, invitation)
    if (!(await addPerson(tx, person))) {
      throw problem('email-taken', { detail: 'This address has an account. Sign in with it, then open the link again to join.' })
    }
    await enter(context, tx, invitation, person)
  })
}

/**
 * Makes whom a company's provider has named a member, by an invitation whose link that person has: the provider's word alone makes nobody one. Throws
 * as joinAsNewPerson does, and invited-other-address; provider-refused where the invitation is another company's.
 */
export async function joinByProvider(
  context: Context,
  { token, companyId }: { token: string; companyId: string },
  { email, name }: ProviderClaims,
  address: string,
): Promise<void> {
  const invitation = await findInvitation(context, token)
  if (invitation.companyId !== companyId) throw problem('provider-refused')
  if (invitation.email !== email) throw otherAddress(invitation.email, email)
  await joinAsNewPerson(context, invitation, { name: name ?? email, password: null }, address)
}

/** Lets somebody who has an account and no company join by an invitation for this very address. Throws as joinAsNewPerson does. */
export async function joinAsOutsider(
  context: Context,
  invitation: LinkedInvitation,
  outsider: OutsiderRow,
  address: string,
): Promise<void> {
  if (outsider.email !== invitation.email) throw otherAddress(invitation.email, outsider.email)
  if (!outsider.emailVerified) throw problem('email-not-verified')
  const actor: Actor = { kind: 'person', id: outsider.personId, company: invitation.companyId, address }
  await context.db.transaction('request', actor, async (tx) => {
    await accept(tx, invitation)
    await enter(context, tx, invitation, { id: outsider.personId, name: outsider.personName, email: outsider.email })
  })
}

/** That whoever is signed in is not who was invited. */
export function otherAddress(invited: string, own: string) {
  return problem('invited-other-address', {
    detail: `This invitation is for ${invited}, and you are signed in as ${own}. Sign out, and open the link again.`,
  })
}

/** The company is taken first, as by whoever invites: so neither waits for the other with what that one needs. */
async function accept(tx: Db, invitation: LinkedInvitation): Promise<void> {
  await lockCompany(tx, invitation.companyId)
  if (!(await useInvitation(tx, invitation))) throw problem('link-not-valid')
}

async function enter(
  context: Context,
  tx: Db,
  invitation: LinkedInvitation,
  person: { id: string; name: string; email: string },
): Promise<void> {
  const { companyId, companyName, inviterId, role } = invitation
  const administrators = await administratorsOf(tx, companyId)
  const inviter = inviterId === null ? null : await addressOf(tx, inviterId)
  const isTold = administrators.some(({ email }) => email === inviter)
  const tellsInviter = inviter !== null && !isTold && (await isMember(tx, companyId, inviter))
  if (!(await addMember(tx, companyId, person.id, role))) throw problem('in-a-company')
  const facts = { company: companyName, name: person.name, email: person.email, role, by: 'invitation' as const }
  const told = tellsInviter ? [...administrators, { email: inviter }] : administrators
  await queueMails(context, tx, memberJoinedMessage, told, { companyId, facts })
}
