import { z } from 'zod'
import { onGrid } from '../../auth/grid.ts'
import { whenceOf } from '../../auth/whence.ts'
import { passwordLengthMax } from '../../domain/account.ts'
import { session } from '../../domain/company.ts'
import { emailAddress } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { access } from '../access.ts'
import { answerSignIn } from './answer-sign-in.ts'

export const signIn = managementOperation({
  operationId: 'signIn',
  method: 'POST',
  path: '/session',
  tag: 'session',
  summary: 'Sign in',
  description:
    'Sets the session cookie; or, where the account asks for a code as well, the cookie of the begun sign-in, and answers code-needed. ' +
    'Attempts are limited per address and per email. An answer comes after a multiple of 250 ms.',
  access: access.signIn,
  body: z.strictObject({ email: emailAddress, password: z.string().min(1).max(passwordLengthMax) }),
  answer: { status: 200, schema: session },
  problems: ['sign-in-failed', 'code-needed', 'too-many-requests'],
  handle: (asked) =>
    onGrid(asked.context.clock, async () => {
      const { accounts, signInLimits, body, request } = asked
      await signInLimits.take(request.ip, body.email)
      const whence = whenceOf(request)
      const signedIn = await accounts.signIn(body.email, body.password, whence)
      if (signedIn === null) throw problem('sign-in-failed')
      const answer = await answerSignIn(asked, signedIn)
      await signInLimits.giveBack(request.ip, body.email)
      return answer
    }),
})
