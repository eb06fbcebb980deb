import { z } from 'zod'
import { ownSession } from '../../domain/account.ts'
import { agentInWords, agentOf } from '../../domain/user-agent.ts'
import { managementOperation } from '../../http/management.ts'
import { present } from '../../store/present.ts'
import { sessionsOf } from '../../store/sessions.ts'
import { access } from '../access.ts'
import { ownOf } from './own.ts'

export const listSessions = managementOperation({
  operationId: 'listSessions',
  method: 'GET',
  path: '/account/sessions',
  tag: 'account',
  summary: "One's own sessions, the one used last first",
  description: 'When each was last used is at most five minutes behind.',
  access: access.listSessions,
  answer: { status: 200, schema: z.object({ sessions: z.array(ownSession) }) },
  handle: async (asked) => {
    const { account, sessionId } = await ownOf(asked)
    const rows = await sessionsOf(asked.context.db.system, account.personId)
    return {
      sessions: rows.map(({ id, address, userAgent, method, createdAt, usedAt }) => ({
        id,
        agent: agentInWords(agentOf(userAgent)),
        ...present(agentOf(userAgent)),
        ...(address === null ? {} : { address }),
        method,
        createdAt,
        usedAt,
        current: id === sessionId,
      })),
    }
  },
})
