import { z } from 'zod'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { endSessionOf } from '../../store/sessions.ts'
import { access } from '../access.ts'
import { ownOf } from './own.ts'

export const endSession = managementOperation({
  operationId: 'endSession',
  method: 'DELETE',
  path: '/account/sessions/{sessionId}',
  tag: 'account',
  summary: "End one of one's own sessions",
  access: access.endSession,
  params: z.object({ sessionId: givenId }),
  answer: { status: 204 },
  problems: ['not-found'],
  handle: async (asked) => {
    const { account, actor } = await ownOf(asked)
    const ended = await asked.context.db.transaction('system', actor, (tx) =>
      endSessionOf(tx, account.personId, asked.params.sessionId),
    )
    if (!ended) throw problem('not-found')
    return undefined
  },
})
