import type { Caller } from '../../auth/caller.ts'
import { problem } from '../../http/problem.ts'

/**
 * Whose coverage a request for device data rests on: the member who signed in or who made the access token. A token of the installation
 * itself is nobody's, and covers nothing.
 */
export function askerOf(caller: Caller): string {
  if (caller.memberId === null) throw notCovered()
  return caller.memberId
}

/** The one answer for an organization that is not the caller's to read now, and for one that is not there (I4). */
export function notCovered() {
  return problem('not-covered', {
    detail: 'You do not see the devices of this organization now. It may be that there is none with this id.',
  })
}
