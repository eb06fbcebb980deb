import { managementOperation } from '../../http/management.ts'
import { endSessionsOf } from '../../store/sessions.ts'
import { access } from '../access.ts'
import { ownOf } from './own.ts'

export const endSessions = managementOperation({
  operationId: 'endSessions',
  method: 'DELETE',
  path: '/account/sessions',
  tag: 'account',
  summary: "End all of one's own sessions, this one too",
  access: access.endSessions,
  answer: { status: 204 },
  handle: async (asked) => {
    const { account, actor } = await ownOf(asked)
    await asked.context.db.transaction('system', actor, (tx) => endSessionsOf(tx, account.personId, null))
    asked.reply.header('set-cookie', asked.accounts.forgetting())
    return undefined
  },
})
