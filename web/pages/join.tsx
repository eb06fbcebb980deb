import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { answer, api, problemText } from '../client.ts'
import { keptInvitation } from '../kept-invitation.ts'
import { paths } from '../paths.ts'
import { portalQuery, sessionQuery } from '../session.ts'
import { joinTexts as texts } from '../texts/join.ts'
import { Doorway } from '../ui/doorway.tsx'
import { Failed, Loaded } from '../ui/query.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { JoinAs } from './join/join-as.tsx'
import { RegisterForm } from './join/register-form.tsx'

/** Where an invitation's link leads: a new person registers, one who is signed in joins. The token stands after the #, so that it reaches no log. */
export function JoinPage() {
  const inAddress = useLocation({ select: (location) => location.hash })
  const token = inAddress || keptInvitation()
  const portal = useQuery(portalQuery)
  const session = useQuery(sessionQuery)
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => answer(api.POST('/api/v1/invitations/look-up', { body: { token } })),
    enabled: token !== '',
  })
  const company = invitation.data?.company.name
  return (
    <Doorway
      brand={portal.data?.name ?? ''}
      title={company === undefined ? texts.plainTitle : texts.title(company)}
      lead={company !== undefined && texts.lead(company, invitation.data?.invitedBy)}
    >
      {token === '' ? (
        <Failed title={texts.noToken.title} detail={texts.noToken.text} />
      ) : (
        <Loaded query={invitation} problemText={problemText}>
          {(invited) => (
            <Loaded query={session} problemText={problemText}>
              {(present) =>
                present === null ? (
                  <RegisterForm token={token} email={invited.email} provider={invited.singleSignOn} />
                ) : (
                  <JoinAs token={token} session={present} email={invited.email} company={invited.company.name} />
                )
              }
            </Loaded>
          )}
        </Loaded>
      )}
      {(token === '' || invitation.isError) && (
        <p>
          <TextLink to={paths.home} size="sm">
            {session.data ? texts.toPortal : texts.toSignIn}
          </TextLink>
        </p>
      )}
    </Doorway>
  )
}
