import { z } from 'zod'
import { whenceOf } from '../../auth/whence.ts'
import { session } from '../../domain/company.ts'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'
import { answerSignIn } from './answer-sign-in.ts'

export const signInWithCode = managementOperation({
  operationId: 'signInWithCode',
  method: 'POST',
  path: '/session/code',
  tag: 'session',
  summary: 'Go on with a sign-in that asks for a code',
  description:
    'With the cookie that signIn set, within ten minutes. A fifth wrong code ends the sign-in; after ten in a row the account takes no code for ' +
    '15 minutes.',
  access: access.signInWithCode,
  body: z.strictObject({ code: z.string().trim().min(6).max(20).describe('Six digits, or a recovery code.') }),
  answer: { status: 200, schema: session },
  problems: ['sign-in-failed', 'sign-in-over', 'code-refused', 'too-many-requests'],
  handle: async (asked) => {
    const { accounts, body, request } = asked
    const whence = whenceOf(request)
    return answerSignIn(asked, await accounts.signInWithCode(body.code, request.headers.cookie, whence))
  },
})
