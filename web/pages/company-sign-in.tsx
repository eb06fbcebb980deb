import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { problemText } from '../client.ts'
import { paths } from '../paths.ts'
import { leaveForProvider } from '../provider.ts'
import { portalQuery, sessionQuery } from '../session.ts'
import { SignOutButton } from '../sign-out-button.tsx'
import { registerTexts } from '../texts/sign-in.ts'
import { companySignInTexts as texts } from '../texts/single-sign-on.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { Doorway } from '../ui/doorway.tsx'
import { focusFirstMistake } from '../ui/mistakes.ts'
import { TextLink } from '../ui/text-link.tsx'

const route = getRouteApi('/sign-in/company')

/** The way to the company's own sign-in, by the name that its people know; also for those whom the company sends there. */
export function CompanySignInPage() {
  const { name: given = '', from } = route.useSearch()
  const portal = useQuery(portalQuery)
  const session = useQuery(sessionQuery)
  const needed = session.data?.singleSignOn?.needed ? session.data.singleSignOn.name : undefined
  return (
    <Doorway brand={portal.data?.name ?? ''} title={texts.title} lead={needed ? texts.needed : texts.lead}>
      <NameForm key={needed} given={needed ?? given} from={from} />
      {needed ? (
        <>
          <SignOutButton />
          <p>
            <TextLink to={paths.account} size="sm">
              {texts.account}
            </TextLink>
          </p>
        </>
      ) : (
        <p>
          <TextLink to={paths.signIn} size="sm">
            {registerTexts.toSignIn}
          </TextLink>
        </p>
      )}
    </Doorway>
  )
}

function NameForm({ given, from }: { given: string; from: string | undefined }) {
  const [name, setName] = useState(given)
  const [checked, setChecked] = useState(false)
  const leave = useMutation({ mutationFn: () => leaveForProvider({ name: name.trim(), from }) })
  const mistake = /^[a-z0-9]+(-[a-z0-9]+)*$/i.test(name.trim()) ? undefined : texts.mistake
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) {
      leave.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={texts.name}
        description={texts.nameHint}
        name="company"
        autoComplete="organization"
        autoCapitalize="none"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={checked && mistake}
        autoFocus
      />
      <FormProblem problem={leave.error ? problemText(leave.error) : undefined} />
      <Button type="submit" size="md" loading={leave.isPending}>
        {texts.submit}
      </Button>
    </form>
  )
}
