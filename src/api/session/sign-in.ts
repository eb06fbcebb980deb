import { z } from 'zod'
import { passwordLengthMax } from '../../auth/accounts.ts'
import { sessionOf } from '../../auth/caller.ts'
import { session } from '../../domain/company.ts'
import { emailAddress } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { memberOfPerson, outsiderOf } from '../../store/members.ts'
import { endSession } from '../../store/sessions.ts'
import { access } from '../access.ts'

export const signIn = managementOperation({
  operationId: 'signIn',
  method: 'POST',
  path: '/session',
  tag: 'session',
  summary: 'Sign in',
  description: 'Sets the session cookie. Attempts are limited per address and per email.',
  access: access.signIn,
  body: z.strictObject({ email: emailAddress, password: z.string().min(1).max(passwordLengthMax) }),
  answer: { status: 200, schema: session },
  problems: ['sign-in-failed', 'too-many-requests'],
  handle: async ({ context, accounts, signInLimits, body: { email, password }, request, reply }) => {
    await signInLimits.take(request.ip, email)
    const signedIn = await accounts.signIn(email, password, { address: request.ip, userAgent: request.headers['user-agent'] })
    if (signedIn === null) throw problem('sign-in-failed')
    const member = await memberOfPerson(context.db.request, signedIn.personId)
    const who = member ?? (await outsiderOf(context.db.request, signedIn.personId))
    if (who === null) {
      // Of a suspended company: told as little as a stranger.
      const actor = { kind: 'person', id: signedIn.personId, address: request.ip } as const
      await context.db.transaction('system', actor, (tx) => endSession(tx, signedIn.sessionId))
      throw problem('sign-in-failed')
    }
    await signInLimits.giveBack(request.ip, email)
    reply.header('set-cookie', signedIn.cookies)
    return sessionOf(who, context.config.portalName)
  },
})
