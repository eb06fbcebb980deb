import { z } from 'zod'
import { emailAddress } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { ownOf } from './own.ts'

export const requestEmailChange = managementOperation({
  operationId: 'requestEmailChange',
  method: 'POST',
  path: '/account/email-changes',
  tag: 'account',
  summary: 'Sign in with another address from now on',
  description:
    'Mails a link to the new address; nothing changes before it is used. The answer is the same where that address has an account.',
  access: access.requestEmailChange,
  body: z.strictObject({ email: emailAddress }),
  answer: { status: 204 },
  problems: ['too-many-requests'],
  handle: async (asked) => {
    const { accounts, mailLimits, body, request } = asked
    const own = await ownOf(asked)
    await mailLimits.take(request.ip, own.account.personId)
    await accounts.addresses.requestChange(own, body.email)
    return undefined
  },
})
