import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { answer, api, problemText } from '../client.ts'
import { forgetInvitation, keptInvitation } from '../kept-invitation.ts'
import { paths } from '../paths.ts'
import { wayBack } from '../provider.ts'
import { portalQuery, sessionQuery } from '../session.ts'
import { signInReturnTexts as texts } from '../texts/single-sign-on.ts'
import { Doorway } from '../ui/doorway.tsx'
import { Loaded } from '../ui/query.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { wayBackFor } from './sign-in/way-back.ts'

/** Where the company's provider leads back to: what it says is good once, so it is asked once, and then forgotten by the address. */
export function SignInReturnPage() {
  const portal = useQuery(portalQuery)
  const queryClient = useQueryClient()
  const parameters = window.location.search.slice(1)
  const signIn = useQuery({
    queryKey: ['sign-in at the provider', parameters],
    queryFn: async () => {
      const invitation = keptInvitation()
      const body = { parameters: parameters || '-', ...(invitation && { invitation }) }
      const session = await answer(api.POST('/api/v1/session/provider', { body }))
      forgetInvitation()
      queryClient.setQueryData(sessionQuery.queryKey, session)
      return session
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return (
    <Doorway brand={portal.data?.name ?? ''} title={texts.title}>
      <Loaded query={signIn} problemText={problemText}>
        {(session) => <Navigate to={wayBackFor(session, wayBack())} replace />}
      </Loaded>
      {signIn.isError && (
        <p>
          <TextLink to={paths.companySignIn} size="sm">
            {texts.again}
          </TextLink>
        </p>
      )}
    </Doorway>
  )
}
