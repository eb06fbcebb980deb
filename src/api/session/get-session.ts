import { sessionOf, visitingSessionOf } from '../../auth/caller.ts'
import { session } from '../../domain/company.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { access } from '../access.ts'

export const getSession = managementOperation({
  operationId: 'getSession',
  method: 'GET',
  path: '/session',
  tag: 'session',
  summary: 'Who is signed in',
  access: access.getSession,
  answer: { status: 200, schema: session },
  handle: async ({ context, caller }) => {
    const who = caller.member ?? caller.outsider
    if (who === null) throw problem('not-signed-in')
    if (caller.member !== null && caller.visit !== null)
      return visitingSessionOf(caller.member, context.config.portalName, caller.visit)
    return sessionOf(who, context.config.portalName, caller.method)
  },
})
