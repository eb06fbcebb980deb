import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { Session } from '../../client.ts'
import { isPageOf, paths } from '../../paths.ts'
import { sessionQuery } from '../../session.ts'

const route = getRouteApi('/sign-in')

/** What follows a sign-in: on to where one was going, or to the first page. */
export function useArrival() {
  const queryClient = useQueryClient()
  const router = useRouter()
  const { from } = route.useSearch()
  return async (session: Session) => {
    queryClient.clear()
    queryClient.setQueryData(sessionQuery.queryKey, session)
    const back = from && mayGoBack(session, new URL(from, window.location.origin).pathname) ? from : paths.home
    await router.navigate({ href: back, replace: true })
  }
}

/** To a page of one's own kind of company, or to the invitation that one signed in to accept. */
function mayGoBack({ company }: Session, pathname: string): boolean {
  return pathname === paths.join || (company !== undefined && isPageOf(company.kind, pathname))
}
