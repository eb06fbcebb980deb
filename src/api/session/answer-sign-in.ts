import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SignedIn } from '../../auth/accounts/sessions.ts'
import { sessionOf } from '../../auth/caller.ts'
import type { Context } from '../../context.ts'
import type { Session } from '../../domain/company.ts'
import { problem } from '../../http/problem.ts'
import { memberOfPerson, outsiderOf } from '../../store/members.ts'
import { endSession, type SignInMethod } from '../../store/sessions.ts'

/** Gives the browser the session that was begun, and answers for whom. Throws sign-in-failed where its company is suspended. */
export async function answerSignIn(
  { context, request, reply }: { context: Context; request: FastifyRequest; reply: FastifyReply },
  signedIn: SignedIn,
  method: SignInMethod = 'password',
): Promise<Session> {
  const member = await memberOfPerson(context.db.request, signedIn.personId)
  // A company's provider signs in its members, and nobody who has left.
  const who = member ?? (method === 'provider' ? null : await outsiderOf(context.db.request, signedIn.personId))
  if (who === null) {
    // Of a suspended company: told as little as a stranger.
    const actor = { kind: 'person', id: signedIn.personId, address: request.ip } as const
    await context.db.transaction('system', actor, (tx) => endSession(tx, signedIn.sessionId))
    throw problem('sign-in-failed')
  }
  reply.header('set-cookie', signedIn.cookies)
  return sessionOf(who, context.config.portalName, method)
}
