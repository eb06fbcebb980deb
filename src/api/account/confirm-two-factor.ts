import { z } from 'zod'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { provedBy } from './proved-by.ts'

export const confirmTwoFactor = managementOperation({
  operationId: 'confirmTwoFactor',
  method: 'PUT',
  path: '/account/two-factor',
  tag: 'account',
  summary: 'Prove that the authenticator app is set up, and turn two-factor sign-in on',
  description: 'Ends every other session, and begins this one anew.',
  access: access.confirmTwoFactor,
  body: z.strictObject({ code: z.string().trim().min(6).max(20) }),
  answer: { status: 204 },
  problems: ['code-refused', 'two-factor-on', 'too-many-requests'],
  handle: (asked) =>
    provedBy(asked, async (own) => {
      const session = await asked.accounts.twoFactor.confirm(own, asked.body.code)
      asked.reply.header('set-cookie', session.cookies)
      return undefined
    }),
})
