import { Outlet, useLocation } from '@tanstack/react-router'
import { PageNotFound } from './pages/page-not-found.tsx'
import { isPageOf } from './paths.ts'
import { useSession } from './session.ts'

/** Pages that a company's kind does not have look like pages that do not exist. */
export function OwnPages() {
  const session = useSession()
  const pathname = useLocation({ select: (location) => location.pathname })
  return isPageOf(session, pathname) ? <Outlet /> : <PageNotFound />
}
