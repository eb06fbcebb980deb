import { z } from 'zod'
import { newPassword, passwordLengthMax } from '../../domain/account.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { provedBy } from './proved-by.ts'

export const changePassword = managementOperation({
  operationId: 'changePassword',
  method: 'PUT',
  path: '/account/password',
  tag: 'account',
  summary: "Change one's own password",
  description: 'Ends every other session, and begins this one anew.',
  access: access.changePassword,
  body: z.strictObject({ current: z.string().min(1).max(passwordLengthMax), wanted: newPassword }),
  answer: { status: 204 },
  problems: ['password-wrong', 'too-many-requests'],
  handle: (asked) =>
    provedBy(asked, async (own) => {
      const session = await asked.accounts.passwords.change(own, asked.body)
      asked.reply.header('set-cookie', session.cookies)
      return undefined
    }),
})
