import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { Session } from '../../client.ts'
import { sessionQuery } from '../../session.ts'
import { wayBackFor } from './way-back.ts'

const route = getRouteApi('/sign-in')

/** What follows a sign-in: on to where one was going, or to the first page. */
export function useArrival() {
  const queryClient = useQueryClient()
  const router = useRouter()
  const { from } = route.useSearch()
  return async (session: Session) => {
    queryClient.clear()
    queryClient.setQueryData(sessionQuery.queryKey, session)
    await router.navigate({ href: wayBackFor(session, from), replace: true })
  }
}
