import { z } from 'zod'
import { passwordLengthMax } from '../../domain/account.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { provedBy } from './proved-by.ts'

export const disableTwoFactor = managementOperation({
  operationId: 'disableTwoFactor',
  method: 'POST',
  path: '/account/two-factor/removal',
  tag: 'account',
  summary: 'Turn two-factor sign-in off',
  access: access.disableTwoFactor,
  body: z.strictObject({ password: z.string().min(1).max(passwordLengthMax) }),
  answer: { status: 204 },
  problems: ['password-wrong', 'two-factor-off', 'two-factor-required', 'too-many-requests'],
  handle: (asked) =>
    provedBy(asked, async (own) => {
      const session = await asked.accounts.twoFactor.disable(own, asked.body.password)
      asked.reply.header('set-cookie', session.cookies)
      return undefined
    }),
})
