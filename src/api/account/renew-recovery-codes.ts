import { z } from 'zod'
import { passwordLengthMax } from '../../domain/account.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { provedBy } from './proved-by.ts'

export const renewRecoveryCodes = managementOperation({
  operationId: 'renewRecoveryCodes',
  method: 'POST',
  path: '/account/recovery-codes',
  tag: 'account',
  summary: 'New recovery codes in place of the former ones',
  access: access.renewRecoveryCodes,
  body: z.strictObject({ password: z.string().min(1).max(passwordLengthMax) }),
  answer: { status: 201, schema: z.object({ recoveryCodes: z.array(z.string()).describe('Shown this once.') }) },
  problems: ['password-wrong', 'two-factor-off', 'too-many-requests'],
  handle: (asked) =>
    provedBy(asked, async (own) => ({ recoveryCodes: await asked.accounts.twoFactor.renewCodes(own, asked.body.password) })),
})
