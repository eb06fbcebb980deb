import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Session } from '../../client.ts'
import { forgetInvitation } from '../../kept-invitation.ts'
import { paths } from '../../paths.ts'
import { sessionQuery } from '../../session.ts'

/** Leads a person who has joined into the portal, as what the answer says. */
export function useJoined(): (session: Session) => Promise<void> {
  const queryClient = useQueryClient()
  const router = useRouter()
  return async (session) => {
    forgetInvitation()
    queryClient.clear()
    queryClient.setQueryData(sessionQuery.queryKey, session)
    await router.navigate({ to: paths.home, replace: true })
  }
}
