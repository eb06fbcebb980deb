import { useQuery } from '@tanstack/react-query'
import { keptInvitation } from '../kept-invitation.ts'
import { paths } from '../paths.ts'
import { portalQuery, sessionQuery } from '../session.ts'
import { SignOutButton } from '../sign-out-button.tsx'
import { noCompanyTexts as texts } from '../texts/join.ts'
import { Doorway } from '../ui/doorway.tsx'
import { TextLink } from '../ui/text-link.tsx'

/** Where somebody arrives who has an account and belongs to no company: what to do. */
export function NoCompanyPage() {
  const portal = useQuery(portalQuery)
  const session = useQuery(sessionQuery)
  return (
    <Doorway brand={portal.data?.name ?? ''} title={texts.title} lead={texts.lead}>
      <p>
        {texts.what} <strong>{session.data?.person.email}</strong>
      </p>
      <p>{texts.next}</p>
      {keptInvitation() !== '' && (
        <p>
          {texts.kept}{' '}
          <TextLink to={paths.join} underline="always">
            {texts.goOn}
          </TextLink>
        </p>
      )}
      <p>
        <TextLink to={paths.accountAlone} underline="always">
          {texts.account}
        </TextLink>
      </p>
      <SignOutButton />
    </Doorway>
  )
}
