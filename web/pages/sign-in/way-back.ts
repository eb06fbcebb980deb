import type { Session } from '../../client.ts'
import { isPageOf, paths } from '../../paths.ts'

/** Where a sign-in leads: to a page of one's own kind of company, or to the invitation that one signed in to accept; else to the first page. */
export function wayBackFor({ company }: Session, from: string | undefined): string {
  const pathname = from && new URL(from, window.location.origin).pathname
  const may = pathname === paths.join || pathname === paths.account || (company && pathname && isPageOf({ company }, pathname))
  return from && may ? from : paths.home
}
