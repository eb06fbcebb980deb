import { z } from 'zod'
import { onGrid } from '../../auth/grid.ts'
import { whenceOf } from '../../auth/whence.ts'
import { newPassword } from '../../domain/account.ts'
import { emailAddress, line } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'

export const registerAccount = managementOperation({
  operationId: 'registerAccount',
  method: 'POST',
  path: '/accounts',
  tag: 'account',
  summary: 'Register',
  description:
    'Mails a link that confirms the address. The answer is the same where it has an account: its owner is told so by mail. It comes after a multiple ' +
    'of 250 ms.',
  access: access.registerAccount,
  body: z.strictObject({ name: line(100), email: emailAddress, password: newPassword }),
  answer: { status: 204 },
  problems: ['too-many-requests'],
  handle: ({ context, accounts, mailLimits, body, request }) =>
    onGrid(context.clock, async () => {
      await mailLimits.take(request.ip, body.email)
      await accounts.registration.register(body, whenceOf(request))
      return undefined
    }),
})
