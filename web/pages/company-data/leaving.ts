import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { sessionQuery } from '../../session.ts'
import { notifyDone } from '../../ui/notify.ts'

/** Leads to the sign-in where the session has just ended with what was done, and says so. */
export function useLeaving(): (done: string) => Promise<void> {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return async (done) => {
    queryClient.clear()
    queryClient.setQueryData(sessionQuery.queryKey, null)
    await navigate({ to: paths.signIn })
    notifyDone(done)
  }
}
