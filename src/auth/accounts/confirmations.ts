import { problem } from '../../http/problem.ts'
import { confirmSession, endSession } from '../../store/sessions.ts'
import { codeProblem } from './code-problem.ts'
import { type Library, unlessRefused } from './library.ts'
import type { Own } from './own.ts'
import type { PasskeyResponse, Passkeys } from './passkeys.ts'
import { isCode } from './sessions.ts'

/** How somebody proves to be there. */
export type Proof = { password: string } | { code: string } | { passkey: PasskeyResponse }

export interface Confirmations {
  /** Confirms the session, by any one proof. Throws password-wrong, code-refused, passkey-refused. */
  confirm(own: Own, proof: Proof): Promise<void>
}

export function confirmations(library: Library, passkeys: Passkeys): Confirmations {
  const { auth } = library
  return {
    confirm: async (own, proof) => {
      const { account, sessionId, method } = own
      if ('passkey' in proof) {
        const { personId, sessionId: made } = await passkeys.signIn(proof.passkey, own.cookie, own.whence)
        await library.within(own.actor, async (tx) => {
          // The library can try a passkey by a session alone, which nobody was given.
          await endSession(tx, made)
          if (personId === account.personId) await confirmSession(tx, sessionId, method)
        })
        if (personId !== account.personId) throw problem('passkey-refused')
        return
      }
      await library.within(own.actor, async (tx) => {
        const headers = library.headers(own.whence, own.cookie)
        if ('password' in proof) {
          const right = await unlessRefused(auth.api.verifyPassword({ body: { password: proof.password }, headers }))
          if (right === null) throw problem('password-wrong')
        } else {
          // With a secret that is only being set up the library would take the code for the proof that it is.
          if (!account.twoFactor) throw problem('code-refused')
          const body = { code: proof.code }
          const asked = isCode(proof.code) ? auth.api.verifyTOTP({ body, headers }) : auth.api.verifyBackupCode({ body, headers })
          await asked.catch((error: unknown) => {
            throw codeProblem(error)
          })
        }
        await confirmSession(tx, sessionId, method)
      })
    },
  }
}
