import { z } from 'zod'
import { whenceOf } from '../../auth/whence.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'

export const challengePasskey = managementOperation({
  operationId: 'challengePasskey',
  method: 'POST',
  path: '/session/passkey-challenge',
  tag: 'session',
  summary: 'What a browser asks a passkey for',
  description: 'Sets a cookie by which the answer is known, for five minutes.',
  access: access.challengePasskey,
  answer: {
    status: 200,
    schema: z.object({ options: z.record(z.string(), z.unknown()).describe('WebAuthn: PublicKeyCredentialRequestOptionsJSON.') }),
  },
  handle: async ({ accounts, request, reply }) => {
    const whence = whenceOf(request)
    const { options, cookies } = await accounts.passkeys.challengeToSignIn(whence)
    reply.header('set-cookie', cookies)
    return { options }
  },
})
