import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { answer, api, problemText } from './client.ts'
import { paths } from './paths.ts'
import { sessionQuery } from './session.ts'
import { notifyProblem } from './ui/notify.ts'

/** Ends the session, at the company's provider too where it began there, and leads to the sign-in, or back to the invitation that another account is to accept. */
export function useSignOut(to: typeof paths.signIn | typeof paths.join = paths.signIn) {
  const queryClient = useQueryClient()
  const router = useRouter()
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/session')),
    onSuccess: async ({ providerUrl }) => {
      if (providerUrl) {
        window.location.assign(providerUrl)
        // The page is about to go, and the sign-in follows it: whoever waits goes on waiting.
        await new Promise(() => {})
      }
      queryClient.clear()
      queryClient.setQueryData(sessionQuery.queryKey, null)
      await router.navigate({ to })
    },
    onError: (error) => notifyProblem(problemText(error)),
  })
}
