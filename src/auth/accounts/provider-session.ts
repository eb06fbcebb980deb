import type { BetterAuthPlugin } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'

/**
 * A part of the accounts library that begins a session for a person whom a company's provider has named: who that is was found out before. It has
 * no path, so that no request comes to it.
 */
export function providerSessions() {
  return {
    id: 'provider-sessions',
    endpoints: {
      beginProviderSession: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ personId: z.string(), confirmedAt: z.date() }) },
        async (ctx) => {
          const { internalAdapter } = ctx.context
          const { personId, confirmedAt } = ctx.body
          const user = await internalAdapter.findUserById(personId)
          if (user === null) return null
          const session = await internalAdapter.createSession(personId, false, { method: 'provider', confirmedAt })
          await setSessionCookie(ctx, { session, user })
          return session.id
        },
      ),
    },
  } satisfies BetterAuthPlugin
}
