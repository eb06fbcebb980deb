import { passkeyAdded, passkeyRemoved } from '../../email/security-notice.ts'
import { problem } from '../../http/problem.ts'
import { accountOfPerson } from '../../store/accounts.ts'
import { personOfPasskey } from '../../store/passkeys.ts'
import { confirmSession } from '../../store/sessions.ts'
import type { Whence } from '../whence.ts'
import { isRefusal, type Library, onlyCookies, unlessRefused } from './library.ts'
import { noteSignIn, notify } from './notices.ts'
import { actorOf, type Own } from './own.ts'
import { begun, type SignedIn } from './sessions.ts'

/** What a browser is asked for (WebAuthn, PublicKeyCredential…OptionsJSON), with the cookie that its answer is known by. */
export interface Challenge {
  options: Record<string, unknown>
  cookies: string[]
}

/** What a browser answered (WebAuthn, …ResponseJSON). */
export type PasskeyResponse = { id: string } & Record<string, unknown>

export interface Passkeys {
  challengeToAdd(own: Own): Promise<Challenge>
  /** Throws passkey-refused. */
  add(own: Own, name: string, response: PasskeyResponse): Promise<void>
  /** Throws not-found. */
  remove(own: Own, passkey: string): Promise<void>
  challengeToSignIn(whence: Whence): Promise<Challenge>
  /** Begins a session by a passkey. Throws passkey-refused, also where it is nobody's. */
  signIn(response: PasskeyResponse, cookie: string | undefined, whence: Whence): Promise<SignedIn>
}

export function passkeys(library: Library): Passkeys {
  const { auth, context } = library
  const asOwn = (own: Own) => ({ headers: library.headers(own.whence, own.cookie), returnHeaders: true }) as const
  return {
    challengeToAdd: (own) =>
      library.within(own.actor, async () => {
        const { response, headers } = await auth.api.generatePasskeyRegistrationOptions({ query: {}, ...asOwn(own) })
        return { options: { ...response }, cookies: headers.getSetCookie() }
      }),

    add: (own, name, response) =>
      library.within(own.actor, async (tx) => {
        const asked = auth.api.verifyPasskeyRegistration({ body: { name, response }, ...asOwn(own) })
        if ((await unlessBad(asked)) === null) throw problem('passkey-refused')
        await notify(context, tx, passkeyAdded, own.account, own.whence)
      }),

    remove: (own, passkey) =>
      library.within(own.actor, async (tx) => {
        const removed = await unlessRefused(auth.api.deletePasskey({ body: { id: passkey }, ...asOwn(own) }))
        if (removed === null) throw problem('not-found')
        await notify(context, tx, passkeyRemoved, own.account, own.whence)
      }),

    challengeToSignIn: (whence) =>
      library.within(actorOf(null, whence.address), async () => {
        const asked = auth.api.generatePasskeyAuthenticationOptions({ headers: library.headers(whence), returnHeaders: true })
        const { response, headers } = await asked
        return { options: { ...response, userVerification: 'required' }, cookies: headers.getSetCookie() }
      }),

    signIn: async (response, cookie, whence) => {
      const person = await personOfPasskey(context.db.system, response.id)
      const account = person === null ? null : await accountOfPerson(context.db.system, person)
      const session = await library.within(actorOf(account, whence.address), async (tx) => {
        const headers = library.headers(whence, onlyCookies(cookie, library.passkeyCookie))
        // Its form is what the library checks first.
        const body = { response: response as never }
        const answered = await unlessBad(auth.api.verifyPasskeyAuthentication({ body, headers, returnHeaders: true }))
        // Returned, not thrown: the challenge is used up either way.
        if (answered === null) return null
        const signedIn = await begun(library, answered.headers.getSetCookie())
        await confirmSession(tx, signedIn.sessionId, 'passkey')
        await noteSignIn(context, tx, account, whence)
        return signedIn
      })
      if (session === null) throw problem('passkey-refused')
      return session
    },
  }
}

/** The result; null where the library refused the passkey. What a browser made up it answers as a failure of its own. */
async function unlessBad<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work
  } catch (error) {
    const made = error instanceof Error && 'body' in error && JSON.stringify(error.body).includes('FAILED_TO_VERIFY_REGISTRATION')
    if (made || isRefusal(error)) return null
    throw error
  }
}
