import { z } from 'zod'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { ownOf } from './own.ts'

export const challengeNewPasskey = managementOperation({
  operationId: 'challengeNewPasskey',
  method: 'POST',
  path: '/account/passkey-challenge',
  tag: 'account',
  summary: 'What a browser makes a passkey of',
  description: 'Sets a cookie by which the answer is known, for five minutes.',
  access: access.challengeNewPasskey,
  answer: {
    status: 200,
    schema: z.object({
      options: z.record(z.string(), z.unknown()).describe('WebAuthn: PublicKeyCredentialCreationOptionsJSON.'),
    }),
  },
  handle: async (asked) => {
    const { options, cookies } = await asked.accounts.passkeys.challengeToAdd(await ownOf(asked))
    asked.reply.header('set-cookie', cookies)
    return { options }
  },
})
