import { passwordChanged } from '../../email/security-notice.ts'
import { problem } from '../../http/problem.ts'
import { accountOfEmail, accountOfPerson, noteEmailProved } from '../../store/accounts.ts'
import { confirmSession } from '../../store/sessions.ts'
import type { Whence } from '../whence.ts'
import { forgetNewAddress } from './addresses.ts'
import { type Library, unlessRefused } from './library.ts'
import { mailReset, notify } from './notices.ts'
import { actorOf, type Own } from './own.ts'
import { begun, type SignedIn } from './sessions.ts'

export interface Passwords {
  /** Mails a link to choose a new password with, where the address has an account. Nothing tells whether it has. */
  requestReset(email: string, whence: Whence): Promise<void>
  /** Sets a new password by such a link, and ends every session. Throws link-not-valid. */
  reset(token: string, password: string, whence: Whence): Promise<void>
  /** Sets a new password by the former one; ends every session and begins this one anew. Throws password-wrong. */
  change(own: Own, given: { current: string; wanted: string }): Promise<SignedIn>
}

export function passwords(library: Library): Passwords {
  const { auth, context } = library
  return {
    requestReset: async (email, whence) => {
      const account = await accountOfEmail(context.db.system, email)
      await library.within(actorOf(account, whence.address), async (tx, told) => {
        await auth.api.requestPasswordReset({ body: { email } })
        for (const one of told)
          if (one.what === 'reset' && account !== null) await mailReset(context, tx, account, one.token, whence)
      })
    },

    reset: async (token, password, whence) => {
      const found = await library.own.internalAdapter.findVerificationValue(`reset-password:${token}`)
      const account = found === null ? null : await accountOfPerson(context.db.system, found.value)
      if (account === null) throw problem('link-not-valid')
      await library.within(actorOf(account, whence.address), async (tx) => {
        const done = await unlessRefused(auth.api.resetPassword({ body: { newPassword: password, token } }))
        if (done === null) throw problem('link-not-valid')
        // The link was mailed to the address: whoever used it reads its mail.
        await noteEmailProved(tx, account.personId)
        await forgetNewAddress(library, account.personId)
        await notify(context, tx, passwordChanged, account, whence)
      })
    },

    change: (own, { current, wanted }) =>
      library.within(own.actor, async (tx) => {
        const asked = auth.api.changePassword({
          body: { currentPassword: current, newPassword: wanted, revokeOtherSessions: true },
          headers: library.headers(own.whence, own.cookie),
          returnHeaders: true,
        })
        const answered = await unlessRefused(asked)
        if (answered === null) throw problem('password-wrong')
        const session = await begun(library, answered.headers.getSetCookie())
        await confirmSession(tx, session.sessionId, own.method)
        await forgetNewAddress(library, own.account.personId)
        await notify(context, tx, passwordChanged, own.account, own.whence)
        return session
      }),
  }
}
