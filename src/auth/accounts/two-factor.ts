import { recoveryCodesRenewed, twoFactorOff, twoFactorOn } from '../../email/security-notice.ts'
import { problem } from '../../http/problem.ts'
import { requiresTwoFactor } from '../../store/accounts.ts'
import { confirmSession, endSessionsOf } from '../../store/sessions.ts'
import { codeProblem } from './code-problem.ts'
import { type Library, unlessRefused } from './library.ts'
import { notify } from './notices.ts'
import type { Own } from './own.ts'
import { begun, type SignedIn } from './sessions.ts'

/** What an authenticator app is given, once. */
export interface TwoFactorSecret {
  /** otpauth://…, to be shown as a QR code. */
  uri: string
  recoveryCodes: string[]
}

export interface TwoFactor {
  /** Begins to set it up: nothing asks for a code before `confirm`. Throws password-wrong, two-factor-on. */
  setUp(own: Own, password: string): Promise<TwoFactorSecret>
  /** Proves that the app is set up; from now on signing in asks for a code. Ends every other session. Throws code-refused. */
  confirm(own: Own, code: string): Promise<SignedIn>
  /** New recovery codes in place of the former ones. Throws password-wrong. */
  renewCodes(own: Own, password: string): Promise<string[]>
  /** Throws password-wrong, and two-factor-required where the company wants it. */
  disable(own: Own, password: string): Promise<SignedIn>
  /** How many recovery codes are left; 0 where it is off. */
  codesLeft(person: string): Promise<number>
}

export function twoFactors(library: Library): TwoFactor {
  const { auth, context } = library
  const asked = (own: Own) => ({ headers: library.headers(own.whence, own.cookie), returnHeaders: true }) as const
  return {
    setUp: (own, password) =>
      library.within(own.actor, async () => {
        if (own.account.twoFactor) throw problem('two-factor-on')
        const answered = await unlessRefused(auth.api.enableTwoFactor({ body: { password, method: 'totp' }, ...asked(own) }))
        if (answered === null || answered.response.method !== 'totp') throw problem('password-wrong')
        return { uri: answered.response.totpURI, recoveryCodes: answered.response.backupCodes }
      }),

    confirm: (own, code) =>
      library.within(own.actor, async (tx) => {
        if (own.account.twoFactor) throw problem('two-factor-on')
        try {
          const answered = await auth.api.verifyTOTP({ body: { code }, ...asked(own) })
          const session = await begun(library, answered.headers.getSetCookie())
          await confirmSession(tx, session.sessionId, own.method)
          // They began with one factor.
          await endSessionsOf(tx, own.account.personId, session.sessionId)
          await notify(context, tx, twoFactorOn, own.account, own.whence)
          return session
        } catch (error) {
          throw codeProblem(error)
        }
      }),

    renewCodes: (own, password) =>
      library.within(own.actor, async (tx) => {
        if (!own.account.twoFactor) throw problem('two-factor-off')
        const answered = await unlessRefused(auth.api.generateBackupCodes({ body: { password }, ...asked(own) }))
        if (answered === null) throw problem('password-wrong')
        await notify(context, tx, recoveryCodesRenewed, own.account, own.whence)
        return answered.response.backupCodes
      }),

    disable: (own, password) =>
      library.within(own.actor, async (tx) => {
        const { companyId, twoFactor } = own.account
        if (!twoFactor) throw problem('two-factor-off')
        if (companyId !== null && (await requiresTwoFactor(tx, companyId))) throw problem('two-factor-required')
        const answered = await unlessRefused(auth.api.disableTwoFactor({ body: { password }, ...asked(own) }))
        if (answered === null) throw problem('password-wrong')
        const session = await begun(library, answered.headers.getSetCookie())
        await confirmSession(tx, session.sessionId, own.method)
        await notify(context, tx, twoFactorOff, own.account, own.whence)
        return session
      }),

    codesLeft: async (person) =>
      (await unlessRefused(auth.api.viewBackupCodes({ body: { userId: person } })))?.backupCodes.length ?? 0,
  }
}
