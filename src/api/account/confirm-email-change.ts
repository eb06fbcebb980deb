import { z } from 'zod'
import { whenceOf } from '../../auth/whence.ts'
import { linkToken } from '../../domain/account.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'

export const confirmEmailChange = managementOperation({
  operationId: 'confirmEmailChange',
  method: 'POST',
  path: '/email-changes',
  tag: 'account',
  summary: 'Use the link that was mailed to a new address',
  description: 'The former address is told.',
  access: access.confirmEmailChange,
  body: z.strictObject({ token: linkToken }),
  answer: { status: 204 },
  problems: ['link-not-valid'],
  handle: async ({ accounts, body, request }) => {
    await accounts.addresses.confirmChange(body.token, whenceOf(request))
    return undefined
  },
})
