import { managementOperation } from '../../http/management.ts'
import { endSession } from '../../store/sessions.ts'
import { access } from '../access.ts'

export const signOut = managementOperation({
  operationId: 'signOut',
  method: 'DELETE',
  path: '/session',
  tag: 'session',
  summary: 'Sign out',
  access: access.signOut,
  answer: { status: 204 },
  handle: async ({ context, accounts, caller, reply }) => {
    await context.db.transaction('system', caller.actor, (tx) => endSession(tx, caller.sessionId))
    reply.header('set-cookie', accounts.forgetting())
    return undefined
  },
})
