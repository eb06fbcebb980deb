import type { FastifyRequest } from 'fastify'
import type { Own } from '../../auth/accounts/own.ts'
import type { SignedIn } from '../../auth/caller.ts'
import { whenceOf } from '../../auth/whence.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../http/problem.ts'
import { accountOfPerson } from '../../store/accounts.ts'

/** Whether mails tell this caller of changes of the coverage. */
export function isToldOfCoverage(caller: SignedIn): caller is SignedIn & { member: NonNullable<SignedIn['member']> } {
  return caller.member?.companyKind === 'partner' && caller.member.role === 'administrator'
}

/** The account of a caller who is signed in. Throws not-signed-in where it is gone meanwhile. */
export async function ownOf({
  context,
  caller,
  request,
}: {
  context: Context
  caller: SignedIn
  request: FastifyRequest
}): Promise<Own> {
  const { personId, sessionId, method, actor } = caller
  const account = await accountOfPerson(context.db.system, personId)
  if (account === null) throw problem('not-signed-in')
  return {
    ...{ account, sessionId, method, actor },
    whence: whenceOf(request),
    cookie: request.headers.cookie ?? '',
  }
}
