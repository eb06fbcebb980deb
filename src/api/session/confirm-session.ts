import { z } from 'zod'
import { passkeyResponse, passwordLengthMax } from '../../domain/account.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { provedBy } from '../account/proved-by.ts'

export const confirmSession = managementOperation({
  operationId: 'confirmSession',
  method: 'PUT',
  path: '/session/confirmation',
  tag: 'session',
  summary: 'Prove to be there still',
  description:
    'By password, code, recovery code or passkey (challengePasskey). What is dangerous asks for it where it is more than 15 minutes ago.',
  access: access.confirmSession,
  body: z.union([
    z.strictObject({ password: z.string().min(1).max(passwordLengthMax) }),
    z.strictObject({ code: z.string().trim().min(6).max(20) }),
    z.strictObject({ passkey: passkeyResponse }),
  ]),
  answer: { status: 204 },
  problems: ['password-wrong', 'code-refused', 'passkey-refused', 'too-many-requests'],
  handle: (asked) =>
    provedBy(asked, async (own) => {
      await asked.accounts.confirmations.confirm(own, asked.body)
      return undefined
    }),
})
