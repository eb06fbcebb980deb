import { z } from 'zod'
import { line } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { renamePerson } from '../../store/accounts.ts'
import { access } from '../access.ts'
import { ownOf } from './own.ts'

export const updateAccount = managementOperation({
  operationId: 'updateAccount',
  method: 'PATCH',
  path: '/account',
  tag: 'account',
  summary: "Change one's own name",
  access: access.updateAccount,
  body: z.strictObject({ name: line(100) }),
  answer: { status: 204 },
  handle: async (asked) => {
    const { account, actor } = await ownOf(asked)
    await asked.context.db.transaction('system', actor, (tx) => renamePerson(tx, account.personId, asked.body.name))
    return undefined
  },
})
