import type { Clock } from '../clock.ts'
import { problem } from '../http/problem.ts'
import type { SignInMethod } from '../store/sessions.ts'
import { type Caller, needsProvider, needsTwoFactor } from './caller.ts'

/** How long somebody who signed in, or confirmed to be there, may do what is dangerous without being asked again. */
export const confirmedMs = 15 * 60 * 1000

/**
 * Throws confirmation-needed where a session was not confirmed lately: whoever finds an open browser, or steals a cookie, can then do nothing
 * dangerous with it.
 */
export function requireConfirmed({ confirmedAt }: { confirmedAt: Date }, clock: Clock): void {
  if (clock.now().getTime() - confirmedAt.getTime() > confirmedMs) throw problem('confirmation-needed')
}

/** Throws single-sign-on-needed and two-factor-needed where the session is not what the caller's company wants of its members. */
export function requireWanted({ session }: Caller): void {
  if (session === null) return
  if (needsProvider(session.member, session.method)) throw problem('single-sign-on-needed')
  if (needsTwoFactor(session.member, session.method)) throw problem('two-factor-needed')
}

/**
 * Throws own-sign-in-needed where the session began at the company's provider: what a person takes along to another company (passkeys, the
 * address) is not for a provider to give, whose keeper could then come in there too.
 */
export function requireOwnSignIn({ method }: { method: SignInMethod }): void {
  if (method === 'provider') throw problem('own-sign-in-needed')
}
