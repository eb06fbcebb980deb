import { createEmailVerificationToken } from 'better-auth/api'
import { problem } from '../../http/problem.ts'
import { type AccountRow, accountOfEmail, deleteUnproved } from '../../store/accounts.ts'
import type { Whence } from '../whence.ts'
import { type Library, unlessRefused } from './library.ts'
import { mailExists, mailRegistration } from './notices.ts'
import { verificationSeconds } from './options.ts'
import { actorOf } from './own.ts'

export interface Registration {
  /**
   * Makes an account of no company, which can be used once its address is proved. Nothing tells whether the address has an account:
   * its owner is mailed either the link, or that there is one already.
   */
  register(given: { name: string; email: string; password: string }, whence: Whence): Promise<void>
  /**
   * Proves an address, by the link that was mailed to it and by the password that was registered: so neither whoever registered
   * somebody else's address nor whoever opens a stranger's link gets anywhere. Throws link-not-valid, sign-in-failed.
   */
  verify(token: string, password: string, whence: Whence): Promise<void>
}

export function registration(library: Library): Registration {
  const { auth, context, own } = library
  return {
    register: (given, whence) =>
      library.within(actorOf(null, whence.address), async (tx, told) => {
        await deleteUnproved(tx, given.email)
        // Two at once with one address: the other one's is the account, and its mail is on its way.
        await unlessRefused(auth.api.signUpEmail({ body: given, headers: library.headers(whence) }))
        for (const one of told) {
          if (one.what === 'verify') await mailRegistration(context, tx, one, whence)
          if (one.what === 'exists') {
            await mailExists(context, tx, (await accountOfEmail(tx, one.email)) ?? { ...one, companyId: null }, whence)
          }
        }
      }),

    verify: async (token, password, whence) => {
      const { email } = claimsOf(token, 'registration')
      const account = await accountOfEmail(context.db.system, email)
      if (account === null || account.emailVerified) throw problem('link-not-valid')
      await library.within(actorOf(account, whence.address), async () => {
        if ((await unlessRefused(auth.api.verifyEmail({ query: { token } }))) === null) throw problem('link-not-valid')
        const method = await own.internalAdapter.findCredentialAccount(account.personId)
        const hash = method?.password
        // Thrown, it takes the proof back as well.
        if (!hash || !(await own.password.verify({ hash, password }))) throw problem('sign-in-failed')
      })
    },
  }
}

/** A token that proves an account's address, in the form of the library's own. */
export function verificationToken({ own }: Library, { email, personId }: AccountRow): Promise<string> {
  return createEmailVerificationToken(own.secret, email, undefined, verificationSeconds, { userId: personId })
}

/**
 * What a link's token (a JWT of the library) says of itself. Whether that is so is for the library to check; here only one for another
 * purpose is refused, since the library would do whatever a token says.
 */
export function claimsOf(
  token: string,
  purpose: 'registration' | 'new address',
): { email: string; updateTo: string; userId: string } {
  const [, body = ''] = token.split('.')
  try {
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Record<string, unknown>
    const { email, updateTo, userId, requestType } = claims
    if (typeof email !== 'string' || typeof userId !== 'string') throw problem('link-not-valid')
    if (purpose === 'registration' && updateTo === undefined) return { email, updateTo: '', userId }
    if (purpose === 'new address' && typeof updateTo === 'string' && requestType === 'change-email-verification') {
      return { email, updateTo, userId }
    }
  } catch {
    // Falls through: what cannot be read is no link of ours.
  }
  throw problem('link-not-valid')
}
