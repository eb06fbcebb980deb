import type { Clock } from '../clock.ts'
import { problem } from '../http/problem.ts'
import { type Caller, needsTwoFactor } from './caller.ts'

/** How long somebody who signed in, or confirmed to be there, may do what is dangerous without being asked again. */
export const confirmedMs = 15 * 60 * 1000

/**
 * Throws confirmation-needed where the caller's session was not confirmed lately: whoever finds an open browser, or steals a cookie, can
 * then do nothing dangerous with it. Programs are not asked: they hold a credential of their own.
 */
export function requireConfirmed(caller: Caller, clock: Clock): void {
  if (caller.session === null) return
  if (clock.now().getTime() - caller.session.confirmedAt.getTime() > confirmedMs) throw problem('confirmation-needed')
}

/** Throws two-factor-needed where the caller's company wants a second factor that this session does not have. */
export function requireTwoFactor({ session }: Caller): void {
  if (session !== null && needsTwoFactor(session.member, session.method)) throw problem('two-factor-needed')
}
