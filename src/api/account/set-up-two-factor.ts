import { z } from 'zod'
import { passwordLengthMax } from '../../domain/account.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { provedBy } from './proved-by.ts'

export const setUpTwoFactor = managementOperation({
  operationId: 'setUpTwoFactor',
  method: 'POST',
  path: '/account/two-factor',
  tag: 'account',
  summary: 'Begin to set up two-factor sign-in',
  description:
    'Nothing asks for a code before confirmTwoFactor; asked again until then, the former secret and recovery codes are void.',
  access: access.setUpTwoFactor,
  body: z.strictObject({ password: z.string().min(1).max(passwordLengthMax) }),
  answer: {
    status: 201,
    schema: z.object({
      uri: z.string().describe('otpauth://…, for a QR code. Shown this once.'),
      secret: z.string().describe('The same secret, to be typed. Shown this once.'),
      recoveryCodes: z.array(z.string()).describe('Each works once, in place of a code. Shown this once.'),
    }),
  },
  problems: ['password-wrong', 'two-factor-on', 'too-many-requests'],
  handle: (asked) =>
    provedBy(asked, async (own) => {
      const { uri, recoveryCodes } = await asked.accounts.twoFactor.setUp(own, asked.body.password)
      return { uri, secret: new URL(uri).searchParams.get('secret') ?? '', recoveryCodes }
    }),
})
