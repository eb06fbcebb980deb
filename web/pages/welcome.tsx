import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { answer, api, problemText } from '../client.ts'
import { paths } from '../paths.ts'
import { portalQuery, sessionQuery } from '../session.ts'
import { setUpTexts } from '../texts/sign-in.ts'
import { welcomeTexts as texts } from '../texts/welcome.ts'
import { Doorway } from '../ui/doorway.tsx'
import { Failed, Loaded } from '../ui/query.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { JoinForm } from './welcome/join-form.tsx'
import { SignedInAlready } from './welcome/signed-in-already.tsx'

/** Where a customer's invitation leads. The token stands after the #, so that it reaches no server's log. */
export function WelcomePage() {
  const token = useLocation({ select: (location) => location.hash })
  const portal = useQuery(portalQuery)
  const session = useQuery(sessionQuery)
  const invitation = useQuery({
    queryKey: ['customer invitation', token],
    queryFn: () => answer(api.POST('/api/v1/customer-invitations/look-up', { body: { token } })),
    enabled: token !== '',
  })
  const brand = portal.data?.name ?? ''
  return (
    <Doorway brand={brand} title={texts.title} lead={invitation.data && texts.lead(invitation.data.partner.name, brand)}>
      {token === '' ? (
        <Failed title={setUpTexts.noToken.title} detail={setUpTexts.noToken.text} />
      ) : (
        <Loaded query={session} problemText={problemText}>
          {(signedIn) => (
            <Loaded query={invitation} problemText={problemText}>
              {(found) =>
                signedIn && (signedIn.company || signedIn.person.email !== found.email) ? (
                  <SignedInAlready session={signedIn} email={found.email} partner={found.partner.name} />
                ) : (
                  <JoinForm token={token} invitation={found} isSignedIn={signedIn !== null} />
                )
              }
            </Loaded>
          )}
        </Loaded>
      )}
      {!session.data && (
        <p>
          <TextLink to={paths.signIn} size="sm">
            {setUpTexts.toSignIn}
          </TextLink>
        </p>
      )}
    </Doorway>
  )
}
