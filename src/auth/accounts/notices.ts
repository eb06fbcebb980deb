import type { Context } from '../../context.ts'
import { networksOf } from '../../domain/network.ts'
import { agentInWords, agentOf } from '../../domain/user-agent.ts'
import { accountExists, confirmNewAddress, resetPassword, verifyAddress } from '../../email/account-links.ts'
import type { Message } from '../../email/message.ts'
import { type AccountFacts, newSignInPlace } from '../../email/security-notice.ts'
import { queueMail } from '../../mail.ts'
import { type AccountRow, noteSignInPlace } from '../../store/accounts.ts'
import type { Transaction } from '../../store/database.ts'
import { memberOfPerson } from '../../store/members.ts'
import { languageOf, supposeLanguage } from '../../store/person-languages.ts'
import type { Whence } from '../whence.ts'
import { resetSeconds, verificationSeconds } from './options.ts'

/** A place that was not signed in from for so long is a new one. */
const placeKnownDays = 180

type Noticed = Pick<AccountRow, 'personId' | 'companyId' | 'email'>

/** Tells a person by mail what happened to the account, when and from where. */
export async function notify(
  context: Context,
  tx: Transaction,
  notice: Message<AccountFacts>,
  account: Noticed,
  whence: Whence,
): Promise<void> {
  await queueMail(context, tx, notice, {
    companyId: account.companyId,
    recipient: account.email,
    facts: { at: context.clock.now().toISOString(), agent: agentOf(whence.userAgent), address: whence.address },
  })
}

/**
 * Notes from where somebody signed in, and tells of a place that is new. In which language that one reads is supposed where nothing is known of it: neither
 * a colleague's machine nor whoever came in with a stolen password chooses in which one somebody is mailed. Of a suspended company's people nothing is told.
 */
export async function noteSignIn(context: Context, tx: Transaction, account: AccountRow | null, whence: Whence): Promise<void> {
  if (account === null) return
  if (account.memberId !== null && (await memberOfPerson(tx, account.personId)) === null) return
  const place = { network: networksOf(whence.address).wide, agent: agentInWords(agentOf(whence.userAgent)) }
  const seen = await noteSignInPlace(tx, account.personId, place, placeKnownDays)
  if (seen === 'new') await notify(context, tx, newSignInPlace, account, whence)
  if (whence.language !== null) await supposeLanguage(tx, account.personId, whence.language)
}

/** Links lead to the configured address, whatever the request said its host was. What is secret stands after the #. */
function link({ config, clock }: Context, path: string, token: string, seconds: number) {
  return { url: `${config.url}${path}#${token}`, expiresAt: new Date(clock.now().getTime() + seconds * 1000).toISOString() }
}

export async function mailRegistration(
  context: Context,
  tx: Transaction,
  to: { email: string; token: string },
  whence: Whence,
): Promise<void> {
  const verify = link(context, '/verify', to.token, verificationSeconds)
  const language = whence.language
  await queueMail(context, tx, verifyAddress, { companyId: null, recipient: to.email, language, facts: {}, link: verify })
}

export async function mailExists(
  context: Context,
  tx: Transaction,
  account: Pick<Noticed, 'companyId' | 'email'>,
  whence: Whence,
): Promise<void> {
  const { companyId, email: recipient } = account
  await queueMail(context, tx, accountExists, { companyId, recipient, language: whence.language, facts: {} })
}

export async function mailReset(
  context: Context,
  tx: Transaction,
  account: Noticed,
  token: string,
  whence: Whence,
): Promise<void> {
  const reset = link(context, '/reset', token, resetSeconds)
  await queueMail(context, tx, resetPassword, {
    companyId: account.companyId,
    recipient: account.email,
    language: whence.language,
    facts: {},
    link: reset,
  })
}

export async function mailNewAddress(
  context: Context,
  tx: Transaction,
  account: Noticed,
  to: { email: string; token: string },
): Promise<void> {
  const confirm = link(context, '/new-address', to.token, verificationSeconds)
  await queueMail(context, tx, confirmNewAddress, {
    companyId: account.companyId,
    recipient: to.email,
    // The address has no account yet: its reader is the account's person.
    language: await languageOf(tx, account.personId),
    facts: {},
    link: confirm,
  })
}
