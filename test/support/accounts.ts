import { generateSync } from 'otplib'
import sql from 'sql-template-tag'
import { type Ask, cookieOf, type Managed, testPassword } from './management.ts'
import type { TestServer } from './server.ts'

/** The code that an authenticator app with this secret shows now. */
export function codeOf(secret: string): string {
  return generateSync({ secret })
}

/** Signs in, and answers how to ask with that session. */
export async function signedIn(managed: Managed, email: string, password = testPassword): Promise<{ ask: Ask; cookie: string }> {
  const answer = await managed.ask('POST', '/session', { email, password })
  if (answer.status !== 200) throw new Error(`not signed in: ${JSON.stringify(answer.body)}`)
  return withCookie(managed, cookieOf(answer))
}

export function withCookie({ asking, server }: Managed, cookie: string): { ask: Ask; cookie: string } {
  return { cookie, ask: asking({ cookie, origin: server.url }) }
}

/** Turns two-factor sign-in on for whoever asks; the session goes on under another cookie. */
export async function withTwoFactor(managed: Managed, ask: Ask) {
  const begun = await ask('POST', '/account/two-factor', { password: testPassword })
  const { secret, recoveryCodes } = begun.body as { secret: string; recoveryCodes: string[] }
  const confirmed = await ask('PUT', '/account/two-factor', { code: codeOf(secret) })
  if (confirmed.status !== 204) throw new Error(`two-factor sign-in is not on: ${JSON.stringify(confirmed.body)}`)
  return { secret, recoveryCodes, ...withCookie(managed, cookieOf(confirmed)) }
}

/** Makes it so that the sessions of a person were confirmed so many minutes ago. */
export async function confirmedMinutesAgo({ database }: TestServer, email: string, minutes: number): Promise<void> {
  await database.system.rows(sql`
    update session set confirmed_at = now() - make_interval(mins => ${minutes})
     where person_id = (select id from person where email = ${email})`)
}
