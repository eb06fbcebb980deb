import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { sessionQuery } from '../../session.ts'

/** Leads to the sign-in, which says that the session has ended: with what was just done. */
export function useLeaving(): () => Promise<void> {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    queryClient.clear()
    queryClient.setQueryData(sessionQuery.queryKey, null)
    await navigate({ to: paths.signIn, search: { ended: true } })
  }
}
