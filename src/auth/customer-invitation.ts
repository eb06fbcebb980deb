import type { Context } from '../context.ts'
import { randomBase62 } from '../domain/base62.ts'
import { newCredential, parseCredential } from '../domain/credential.ts'
import type { CustomerInvitation } from '../domain/customer-invitation.ts'
import { hashSecret, secretMatches } from '../domain/server-secrets.ts'
import { customerInvitationMail } from '../email/customer-invitation.ts'
import { customerJoinedMail } from '../email/customer-joined.ts'
import { problem } from '../http/problem.ts'
import { queueMail, queueMails } from '../mail.ts'
import { companyById, createCompany } from '../store/companies.ts'
import {
  acceptCustomerInvitation,
  lockCustomerInvitation,
  type OpenInvitation,
  openCustomerInvitation,
  type StoredLink,
} from '../store/customer-invitations.ts'
import type { Db } from '../store/database.ts'
import { addMember, administratorsOf } from '../store/members.ts'
import { addPartnership } from '../store/partnerships.ts'
import { addPerson } from '../store/people.ts'
import { languageOf } from '../store/person-languages.ts'
import { present } from '../store/present.ts'
import { actorSetting } from '../store/record.ts'
import { hashPassword } from './password-hash.ts'

/** How long a customer's invitation is good (contract, section 7). */
export const customerInvitationDays = 30

/** A new link, as it is stored and as it is sent. Its secret stands after the #, which no browser sends. */
export function newInvitationLink({ clock, secrets, config }: Context): { stored: StoredLink; url: string } {
  const credential = newCredential('ci_', clock)
  const { hash, secretName } = hashSecret(credential, secrets)
  const expiresAt = new Date(clock.now().getTime() + customerInvitationDays * 24 * 60 * 60 * 1000).toISOString()
  return {
    stored: { linkId: credential.id, secretHash: hash, secretName, expiresAt },
    url: `${config.url}/welcome#${credential.text}`,
  }
}

/** Sends an invitation's link, which works from then on, to its address; in the language of the person who does so (`sender`; null: a program), as a co-worker's invitation. */
export async function mailInvitation(
  context: Context,
  tx: Db,
  partnerId: string,
  made: CustomerInvitation,
  url: string,
  sender: string | null,
): Promise<void> {
  const partner = await companyById(tx, partnerId)
  if (partner === null) throw new Error('a partner that invites is not there')
  const { name, contactEmail, contactPhone } = partner
  const { organizationName, expiresAt, email } = made
  await queueMail(context, tx, customerInvitationMail, {
    companyId: partnerId,
    recipient: email,
    language: await languageOf(tx, sender),
    facts: {
      organizationName,
      partner: { ...present({ name, contactEmail: contactEmail ?? null, contactPhone: contactPhone ?? null }) },
      expiresAt,
    },
    link: { url, expiresAt },
  })
}

/** The invitation whose link has this secret text and works now; null where there is none. */
export async function findCustomerInvitation(context: Context, text: string): Promise<OpenInvitation | null> {
  const credential = parseCredential(text, 'ci_')
  const open = credential === null ? null : await openCustomerInvitation(context.db.request, credential.id)
  if (credential === null || open === null) return null
  return secretMatches(credential, open.secretHash, open.secretName, context.secrets) ? open : null
}

/** Who joins: somebody new, or a person who has an account and is signed in. */
export type Joining = { name: string; password: string } | { personId: string }

/**
 * Makes the customer's company with its first administrator, connected to the partner without consent, and uses the invitation up, in one
 * transaction; the partner's administrators are told. Throws link-not-valid where another was faster, email-taken where the address has an
 * account, in-a-company where the person has come to belong to one meanwhile.
 */
export async function joinAsCustomer(
  context: Context,
  invitation: OpenInvitation,
  organizationName: string,
  joining: Joining,
  address: string,
): Promise<void> {
  const isNew = 'password' in joining
  const passwordHash = isNew ? await hashPassword(joining.password) : ''
  const newId = () => randomBase62(32, (size) => context.clock.randomBytes(size))
  const personId = isNew ? newId() : joining.personId
  await context.db.transaction('request', { kind: 'person', id: personId, address }, async (tx) => {
    if (!(await lockCustomerInvitation(tx, invitation.id, invitation.linkId))) throw problem('link-not-valid')
    if (isNew) {
      const person = { id: personId, name: joining.name, email: invitation.email, emailVerified: true }
      if (!(await addPerson(tx, { ...person, signInMethodId: newId(), passwordHash }))) throw accountExists()
    }
    const customerId = (await createCompany(tx, {
      kind: 'customer',
      name: organizationName,
      address: invitation.address,
      contactEmail: invitation.email,
      requiresTwoFactor: true,
    })) as string
    // All acts of the transaction are recorded at its end: as those of the new company's own person.
    await tx.rows(actorSetting({ kind: 'person', id: personId, company: customerId, address }))
    if (!(await addMember(tx, customerId, personId, 'administrator'))) throw problem('in-a-company')
    await addPartnership(tx, customerId, invitation.partnerCompanyId)
    await acceptCustomerInvitation(tx, invitation.id, customerId)
    const companyId = invitation.partnerCompanyId
    const told = await administratorsOf(tx, companyId)
    await queueMails(context, tx, customerJoinedMail, told, { companyId, facts: { organizationName } })
  })
}

/** Said to who holds the link, and so reads that address's mail; to which company the account belongs is told only after signing in. */
function accountExists() {
  return problem('email-taken', {
    detail: 'This address has an account. Sign in with it, then open the link again.',
  })
}
