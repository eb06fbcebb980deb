import { problem } from '../../http/problem.ts'
import { accountOfEmail, accountOfPerson } from '../../store/accounts.ts'
import { endSession, type SignInMethod } from '../../store/sessions.ts'
import type { Whence } from '../whence.ts'
import { codeProblem } from './code-problem.ts'
import { cookieHeader, type Library, onlyCookies, unlessRefused } from './library.ts'
import { mailRegistration, noteSignIn } from './notices.ts'
import { actorOf } from './own.ts'
import { verificationToken } from './registration.ts'

/** Who has signed in. `cookies` are Set-Cookie headers for the answer. */
export interface SignedIn {
  personId: string
  sessionId: string
  cookies: string[]
}

/** A session as it is now. */
export interface SessionNow extends SignedIn {
  method: SignInMethod
  /** When its person last proved to be there. */
  confirmedAt: Date
}

export interface Sessions {
  /**
   * Null where address and password do not belong together, or where somebody of no company has not proved the address yet (who is
   * mailed the link to do so again). Throws code-needed, with the cookie of the begun sign-in, where a code is to follow.
   */
  signIn(email: string, password: string, whence: Whence): Promise<SignedIn | null>
  /** The second step, with a code or a recovery code. Throws code-refused, too-many-requests where the account is locked for a while. */
  signInWithCode(code: string, cookie: string | undefined, whence: Whence): Promise<SignedIn>
  /** Whose session a Cookie header holds. Null: nobody's, now. */
  sessionOf(cookie: string): Promise<SessionNow | null>
  /** Takes the session's cookie away from the browser. */
  forgetting(): string[]
}

export function sessions(library: Library): Sessions {
  const { auth, context } = library
  return {
    signIn: async (email, password, whence) => {
      const account = await accountOfEmail(context.db.system, email)
      const outcome = await library.within(actorOf(account, whence.address), async (tx) => {
        const headers = library.headers(whence)
        const asked = auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true })
        const answered = await unlessRefused(asked)
        if (answered === null) return null
        const cookies = answered.headers.getSetCookie()
        if ('twoFactorRedirect' in answered.response) return { codeFollows: cookies }
        const session = await begun(library, cookies)
        if (account !== null && !account.emailVerified && account.memberId === null) {
          await endSession(tx, session.sessionId)
          await mailRegistration(context, tx, { email, token: await verificationToken(library, account) }, whence)
          return null
        }
        await noteSignIn(context, tx, account, whence)
        return session
      })
      if (outcome !== null && 'codeFollows' in outcome) {
        throw problem('code-needed', { headers: { 'set-cookie': outcome.codeFollows } })
      }
      return outcome
    },

    signInWithCode: async (code, cookie, whence) => {
      const own = onlyCookies(cookie, library.codeCookie)
      const person = await personOfChallenge(library, own)
      if (person === null) throw problem('sign-in-over')
      const account = await accountOfPerson(context.db.system, person)
      const outcome = await library.within(actorOf(account, whence.address), async (tx) => {
        const given = { body: { code }, headers: library.headers(whence, own), returnHeaders: true } as const
        try {
          const asked = isCode(code) ? auth.api.verifyTOTP(given) : auth.api.verifyBackupCode(given)
          const session = await begun(library, (await asked).headers.getSetCookie())
          await noteSignIn(context, tx, account, whence)
          return session
        } catch (error) {
          // What the wrong code counts must be committed.
          return { refused: codeProblem(error) }
        }
      })
      if ('refused' in outcome) throw outcome.refused
      return outcome
    },

    sessionOf: async (cookie) => {
      if (!cookie.includes(library.sessionCookie)) return null
      const { response, headers } = await auth.api.getSession({ headers: new Headers({ cookie }), returnHeaders: true })
      if (response === null) return null
      const { id, method, confirmedAt } = response.session
      return {
        personId: response.user.id,
        sessionId: id,
        method: method === 'passkey' || method === 'provider' ? method : 'password',
        confirmedAt: new Date(confirmedAt ?? 0),
        cookies: headers.getSetCookie(),
      }
    },

    forgetting: () => [`${library.sessionCookie}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${library.secure ? '; Secure' : ''}`],
  }
}

/** An authenticator's code has six digits; a recovery code has letters. */
export function isCode(text: string): boolean {
  return /^\d{6}$/.test(text)
}

/** The session that these cookies begin, as an answer to whoever is to have it. */
export async function begun({ auth }: Library, cookies: string[]): Promise<SignedIn> {
  const session = await auth.api.getSession({ headers: new Headers({ cookie: cookieHeader(cookies) }) })
  if (session === null) throw new Error('The accounts library began a session that it does not know.')
  return { personId: session.user.id, sessionId: session.session.id, cookies }
}

/** Whose sign-in waits for its code; null: nobody's, or it is over. */
async function personOfChallenge(library: Library, cookie: string): Promise<string | null> {
  const value = decoded(cookie.slice(library.codeCookie.length + 1)).split('.')[0] ?? ''
  // That the cookie is signed is for the library to check; this only names the actor of what follows.
  return value === '' ? null : ((await library.own.internalAdapter.findVerificationValue(value))?.value ?? null)
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}
