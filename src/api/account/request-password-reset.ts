import { z } from 'zod'
import { onGrid } from '../../auth/grid.ts'
import { whenceOf } from '../../auth/whence.ts'
import { emailAddress } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'

export const requestPasswordReset = managementOperation({
  operationId: 'requestPasswordReset',
  method: 'POST',
  path: '/password-resets',
  tag: 'account',
  summary: 'Ask for a new password',
  description:
    'Mails a link where the address has an account. The answer is always the same, and comes after a multiple of 250 ms.',
  access: access.requestPasswordReset,
  body: z.strictObject({ email: emailAddress }),
  answer: { status: 204 },
  problems: ['too-many-requests'],
  handle: ({ context, accounts, mailLimits, body, request }) =>
    onGrid(context.clock, async () => {
      await mailLimits.take(request.ip, body.email)
      await accounts.passwords.requestReset(body.email, whenceOf(request))
      return undefined
    }),
})
