import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { paths } from './paths.ts'
import { sessionQuery } from './session.ts'

/** After the session has come to view a company, or no longer: everything is asked anew, and a page of theirs is shown. */
export function useSessionAnew(): (companyId?: string) => Promise<void> {
  const queryClient = useQueryClient()
  const router = useRouter()
  return async (companyId) => {
    // What was read for one company is not shown for another.
    queryClient.clear()
    await queryClient.fetchQuery(sessionQuery)
    await (companyId === undefined
      ? router.navigate({ to: paths.home })
      : router.navigate({ to: paths.company, params: { companyId } }))
  }
}
