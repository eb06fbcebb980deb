import type { FastifyRequest } from 'fastify'
import type { Own } from '../../auth/accounts/own.ts'
import type { SignedIn } from '../../auth/caller.ts'
import type { AttemptLimits } from '../../auth/sign-in-limits.ts'
import type { Context } from '../../context.ts'
import { ownOf } from './own.ts'

/** Does what a password or code in the request proves. Each attempt counts against the account until one succeeds. */
export async function provedBy<Result>(
  asked: { context: Context; caller: SignedIn; request: FastifyRequest; proofLimits: AttemptLimits },
  work: (own: Own) => Promise<Result>,
): Promise<Result> {
  const own = await ownOf(asked)
  await asked.proofLimits.take(asked.request.ip, own.account.personId)
  const result = await work(own)
  await asked.proofLimits.giveBack(asked.request.ip, own.account.personId)
  return result
}
