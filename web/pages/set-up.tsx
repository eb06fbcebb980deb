import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answer, api, problemText } from '../client.ts'
import { paths } from '../paths.ts'
import { portalQuery, sessionQuery } from '../session.ts'
import { signInTexts, setUpTexts as texts } from '../texts/sign-in.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { Doorway } from '../ui/doorway.tsx'
import { focusFirstMistake } from '../ui/mistakes.ts'
import { PasswordField } from '../ui/password-field.tsx'
import { Failed, Loaded } from '../ui/query.tsx'
import { TextLink } from '../ui/text-link.tsx'

const PASSWORD_LENGTH_MIN = 12

/** Makes the account that a set-up link is for. The token stands after the #, so that it reaches no server's log. */
export function SetUpPage() {
  const token = useLocation({ select: (location) => location.hash })
  const portal = useQuery(portalQuery)
  const link = useQuery({
    queryKey: ['set-up link', token],
    queryFn: () => answer(api.POST('/api/v1/setup/look-up', { body: { token } })),
    enabled: token !== '',
  })
  return (
    <Doorway brand={portal.data?.name ?? ''} title={texts.title} lead={link.data && texts.lead(link.data.company.name)}>
      {token === '' ? (
        <Failed title={texts.noToken.title} detail={texts.noToken.text} />
      ) : (
        <Loaded query={link} problemText={problemText}>
          {({ email }) => <AccountForm token={token} givenEmail={email} />}
        </Loaded>
      )}
      <p>
        <TextLink to={paths.signIn} size="sm">
          {texts.toSignIn}
        </TextLink>
      </p>
    </Doorway>
  )
}

function AccountForm({ token, givenEmail }: { token: string; givenEmail: string | undefined }) {
  const setUp = useSetUp()
  const [checked, setChecked] = useState(false)
  const [form, setForm] = useState({ name: '', email: givenEmail ?? '', password: '' })
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => setForm({ ...form, [name]: event.currentTarget.value }),
    error: checked && mistakes[name],
  })
  const mistakes = {
    name: form.name.trim() ? undefined : texts.nameMissing,
    email: !form.email.trim()
      ? signInTexts.emailMissing
      : /^\S+@\S+$/.test(form.email.trim())
        ? undefined
        : signInTexts.emailMalformed,
    password:
      form.password.length < PASSWORD_LENGTH_MIN ? texts.passwordShort(PASSWORD_LENGTH_MIN - form.password.length) : undefined,
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!Object.values(mistakes).some(Boolean)) {
      const email = givenEmail ? {} : { email: form.email.trim() }
      setUp.mutate({ token, name: form.name.trim(), password: form.password, ...email })
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <TextInput label={texts.name} autoComplete="name" autoFocus {...field('name')} />
      <TextInput
        label={texts.email}
        type="email"
        autoComplete="username"
        {...(givenEmail && { description: texts.emailGiven, readOnly: true })}
        {...field('email')}
      />
      <PasswordField
        label={texts.password}
        description={texts.passwordHint}
        autoComplete="new-password"
        showText={signInTexts.showPassword}
        {...field('password')}
      />
      <FormProblem problem={setUp.error ? problemText(setUp.error) : undefined} />
      <Button type="submit" size="md" loading={setUp.isPending}>
        {texts.submit}
      </Button>
    </form>
  )
}

function useSetUp() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (body: { token: string; name: string; password: string; email?: string }) =>
      answer(api.POST('/api/v1/setup', { body })),
    onSuccess: async (session) => {
      queryClient.clear()
      queryClient.setQueryData(sessionQuery.queryKey, session)
      await navigate({ to: paths.home, replace: true })
    },
  })
}
