import { z } from 'zod'
import { whenceOf } from '../../auth/whence.ts'
import { passkeyResponse } from '../../domain/account.ts'
import { session } from '../../domain/company.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { answerSignIn } from './answer-sign-in.ts'

export const signInWithPasskey = managementOperation({
  operationId: 'signInWithPasskey',
  method: 'POST',
  path: '/session/passkey',
  tag: 'session',
  summary: 'Sign in with a passkey',
  description: 'With the cookie that challengePasskey set. A passkey is two factors: no code is asked for.',
  access: access.signInWithPasskey,
  body: z.strictObject({ response: passkeyResponse }),
  answer: { status: 200, schema: session },
  problems: ['sign-in-failed', 'passkey-refused'],
  handle: async (asked) => {
    const { accounts, body, request } = asked
    const whence = whenceOf(request)
    const signedIn = await accounts.passkeys.signIn(body.response, request.headers.cookie, whence)
    return answerSignIn(asked, signedIn, 'passkey')
  },
})
