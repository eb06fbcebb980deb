import { z } from 'zod'
import { whenceOf } from '../../auth/whence.ts'
import { linkToken, passwordLengthMax } from '../../domain/account.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'

export const verifyAccount = managementOperation({
  operationId: 'verifyAccount',
  method: 'POST',
  path: '/accounts/verification',
  tag: 'account',
  summary: 'Confirm the address of a new account',
  description: 'By the link that was mailed to it, and the password that was registered. Then its person can sign in.',
  access: access.verifyAccount,
  body: z.strictObject({ token: linkToken, password: z.string().min(1).max(passwordLengthMax) }),
  answer: { status: 204 },
  problems: ['link-not-valid', 'sign-in-failed', 'too-many-requests'],
  handle: async ({ accounts, proofLimits, body, request }) => {
    // The end of a token is its signature: as good a name for it, and short.
    const link = body.token.slice(-64)
    await proofLimits.take(request.ip, link)
    await accounts.registration.verify(body.token, body.password, whenceOf(request))
    await proofLimits.giveBack(request.ip, link)
    return undefined
  },
})
