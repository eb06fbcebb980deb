import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { answer, api, problemText, type Session } from '../../client.ts'
import { keepInvitation } from '../../kept-invitation.ts'
import { paths } from '../../paths.ts'
import { SignOutButton } from '../../sign-out-button.tsx'
import { joinTexts as texts } from '../../texts/join.ts'
import { FormProblem } from '../../ui/dialog.tsx'
import { Failed } from '../../ui/query.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useJoined } from './joined.ts'

interface JoinAsProps {
  token: string
  session: Session
  /** Who was invited. */
  email: string
  company: string
}

/** What an invitation means for somebody who is signed in: joining, or why not. */
export function JoinAs({ token, session, email, company }: JoinAsProps) {
  if (session.person.email !== email) {
    return (
      <>
        <Failed title={texts.otherAddress.title} detail={texts.otherAddress.text(email, session.person.email)} />
        <p>
          <SignOutButton to={paths.join} onClick={() => keepInvitation(token)} />
        </p>
      </>
    )
  }
  if (session.company) {
    return (
      <>
        <Failed title={texts.elsewhere.title(session.company.name)} detail={texts.elsewhere.text} />
        <p>
          <TextLink to={paths.home}>{texts.toPortal}</TextLink>
        </p>
      </>
    )
  }
  return <Join token={token} session={session} company={company} />
}

function Join({ token, session, company }: { token: string; session: Session; company: string }) {
  const joined = useJoined()
  const join = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/membership', { body: { token } })),
    onSuccess: joined,
  })
  return (
    <>
      <p>{texts.signedInAs(session.person.name, session.person.email)}</p>
      <FormProblem problem={join.error ? problemText(join.error) : undefined} />
      <p>
        <Button size="md" onClick={() => join.mutate()} loading={join.isPending}>
          {texts.join(company)}
        </Button>
      </p>
    </>
  )
}
