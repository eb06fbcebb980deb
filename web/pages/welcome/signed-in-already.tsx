import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, problemText, type Session } from '../../client.ts'
import { paths } from '../../paths.ts'
import { sessionQuery } from '../../session.ts'
import { welcomeTexts as texts } from '../../texts/welcome.ts'
import { FormProblem } from '../../ui/dialog.tsx'
import { TextLink } from '../../ui/text-link.tsx'

/** Why somebody who is signed in cannot use the invitation, and what to do. */
export function SignedInAlready({ session, email, partner }: { session: Session; email: string; partner: string }) {
  const queryClient = useQueryClient()
  const signOut = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/session')),
    onSuccess: () => queryClient.setQueryData(sessionQuery.queryKey, null),
  })
  const { person, company } = session
  if (person.email === email && company) {
    return (
      <>
        <FormProblem problem={{ title: texts.elsewhere.title, detail: texts.elsewhere.text(company.name, partner) }} />
        <p>
          {company.kind === 'customer' ? (
            <TextLink to={paths.subscriptions}>{texts.elsewhere.add}</TextLink>
          ) : (
            <TextLink to={paths.home}>{texts.elsewhere.home}</TextLink>
          )}
        </p>
      </>
    )
  }
  return (
    <>
      <FormProblem problem={{ title: texts.another.title, detail: texts.another.text(person.email, email) }} />
      <FormProblem problem={signOut.error ? problemText(signOut.error) : undefined} />
      <p>
        <Button onClick={() => signOut.mutate()} loading={signOut.isPending}>
          {texts.another.signOut}
        </Button>
      </p>
    </>
  )
}
