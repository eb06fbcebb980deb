import type { Context } from '../context.ts'
import { randomBase62 } from '../domain/base62.ts'
import { newCredential, parseCredential } from '../domain/credential.ts'
import type { Role } from '../domain/role.ts'
import { hashSecret, secretMatches } from '../domain/server-secrets.ts'
import { memberJoinedMessage } from '../email/member-joined.ts'
import { problem } from '../http/problem.ts'
import { queueMails } from '../mail.ts'
import type { Actor, Db } from '../store/database.ts'
import { addMember, administratorsOf } from '../store/members.ts'
import { addPerson } from '../store/people.ts'
import { createSetupLink, openSetupLink, type SetupLinkRow, useSetupLink } from '../store/setup-links.ts'
import { hashPassword } from './password-hash.ts'

export const setupLinkDays = 30

/**
 * Makes a link that lets one person make an account in a company, once. Its secret stands after the #, which no browser sends. `email`: the only address that
 * may use it; null for the vendor's first link alone, which whoever runs the server finds in its log.
 */
export async function newSetupLink(
  context: Context,
  tx: Db,
  company: string,
  given: { role: Role; email: string | null },
): Promise<{ id: string; url: string; expiresAt: string }> {
  const credential = newCredential('su_', context.clock)
  const { hash, secretName } = hashSecret(credential, context.secrets)
  const expiresAt = new Date(context.clock.now().getTime() + setupLinkDays * 24 * 60 * 60 * 1000).toISOString()
  await createSetupLink(tx, company, { id: credential.id, ...given, expiresAt, secretHash: hash, secretName })
  return { id: credential.id, url: `${context.config.url}/setup#${credential.text}`, expiresAt }
}

/** The link with this secret text that can be used now; null where there is none. */
export async function findSetupLink(context: Context, text: string): Promise<SetupLinkRow | null> {
  const credential = parseCredential(text, 'su_')
  const link = credential === null ? null : await openSetupLink(context.db.request, credential.id)
  if (credential === null || link === null) return null
  return secretMatches(credential, link.secretHash, link.secretName, context.secrets) ? link : null
}

/**
 * Makes the account and the membership that a link stands for, and uses the link up, in one transaction; the company's administrators are told.
 * Throws link-not-valid where another was faster, email-taken where the address has an account.
 */
export async function setUpMember(
  context: Context,
  link: SetupLinkRow,
  given: { name: string; email: string; password: string },
  address: string,
): Promise<void> {
  const passwordHash = await hashPassword(given.password)
  const newId = () => randomBase62(32, (size) => context.clock.randomBytes(size))
  const id = newId()
  const actor: Actor = { kind: 'person', id, company: link.companyId, address }
  await context.db.transaction('request', actor, async (tx) => {
    if (!(await useSetupLink(tx, link.id))) throw problem('link-not-valid')
    const person = { id, name: given.name, email: given.email, signInMethodId: newId(), passwordHash }
    if (!(await addPerson(tx, person))) throw problem('email-taken')
    const told = await administratorsOf(tx, link.companyId)
    await addMember(tx, link.companyId, id, link.role)
    const facts = { company: link.companyName, name: given.name, email: given.email, role: link.role, by: 'set-up link' as const }
    await queueMails(context, tx, memberJoinedMessage, told, { companyId: link.companyId, facts })
  })
}
