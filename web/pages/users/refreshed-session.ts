import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Member } from '../../client.ts'
import { sessionQuery, useSession } from '../../session.ts'

/** What to do when a member was changed: where it is oneself, one's own session is asked for anew, and every page follows it. */
export function useRefreshedSession(): (member: Member) => Promise<void> {
  const { person } = useSession()
  const queryClient = useQueryClient()
  const router = useRouter()
  return async ({ personId }) => {
    if (personId === person.id) {
      await queryClient.refetchQueries({ queryKey: sessionQuery.queryKey })
      await router.invalidate()
    }
  }
}
