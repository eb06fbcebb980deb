import { z } from 'zod'
import { whenceOf } from '../../auth/whence.ts'
import { linkToken, newPassword } from '../../domain/account.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'

export const resetPassword = managementOperation({
  operationId: 'resetPassword',
  method: 'POST',
  path: '/password-resets/use',
  tag: 'account',
  summary: 'Choose a new password with the link that was mailed',
  description: 'Ends every session of the account.',
  access: access.resetPassword,
  body: z.strictObject({ token: linkToken, password: newPassword }),
  answer: { status: 204 },
  problems: ['link-not-valid'],
  handle: async ({ accounts, body, request }) => {
    await accounts.passwords.reset(body.token, body.password, whenceOf(request))
    return undefined
  },
})
