import { type Problem, problem } from '../../http/problem.ts'
import { isRefusal } from './library.ts'
import { codeLockout } from './options.ts'

/**
 * What a code that the library refused is answered with. The begun sign-in ends with its fifth wrong code, and an account's second
 * factor is locked after ten in a row. Throws on what is no refusal.
 */
export function codeProblem(error: unknown): Problem {
  if (!isRefusal(error)) throw error
  const code =
    'body' in error && typeof error.body === 'object' && error.body !== null && 'code' in error.body ? error.body.code : ''
  switch (code) {
    case 'ACCOUNT_TEMPORARILY_LOCKED':
      return problem('too-many-requests', { headers: { 'retry-after': String(codeLockout.seconds) } })
    case 'INVALID_TWO_FACTOR_COOKIE':
    case 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE':
      return problem('sign-in-over')
    default:
      return problem('code-refused')
  }
}
