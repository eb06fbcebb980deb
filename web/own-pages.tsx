import { Outlet, useMatches } from '@tanstack/react-router'
import { PageNotFound } from './pages/page-not-found.tsx'
import { isPageOf } from './paths.ts'
import { useSession } from './session.ts'

/** Pages that a company's kind does not have look like pages that do not exist. Asked of what is shown: the address is that of the next page before that is there. */
export function OwnPages() {
  const session = useSession()
  const pathname = useMatches({ select: (matches) => matches.at(-1)?.pathname ?? '' })
  return isPageOf(session, pathname) ? <Outlet /> : <PageNotFound />
}
