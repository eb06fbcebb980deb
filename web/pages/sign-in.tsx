import { Alert, Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { askPasskey } from '../account.ts'
import { ApiProblem, answer, api, problemText } from '../client.ts'
import { paths } from '../paths.ts'
import { portalQuery } from '../session.ts'
import { signInTexts as texts } from '../texts/sign-in.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { Doorway } from '../ui/doorway.tsx'
import { focusFirstMistake } from '../ui/mistakes.ts'
import { PasswordField } from '../ui/password-field.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { CodeForm } from './sign-in/code-form.tsx'
import { useArrival } from './sign-in/use-arrival.ts'

const route = getRouteApi('/sign-in')

/** Email and password, then a code where the account asks for one, or a passkey; then on to where one was going. */
export function SignInPage() {
  const portal = useQuery(portalQuery)
  const [codeFollows, setCodeFollows] = useState(false)
  return (
    <Doorway brand={portal.data?.name ?? ''} title={texts.title} lead={codeFollows && texts.code.lead}>
      {codeFollows ? (
        <CodeForm onBack={() => setCodeFollows(false)} />
      ) : (
        <PasswordForm onCodeFollows={() => setCodeFollows(true)} />
      )}
    </Doorway>
  )
}

function PasswordForm({ onCodeFollows }: { onCodeFollows: () => void }) {
  const { ended, from } = route.useSearch()
  const signIn = useSignIn(onCodeFollows)
  const passkey = usePasskey()
  const [checked, setChecked] = useState(false)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const emailError = !email.trim() ? texts.emailMissing : /^\S+@\S+$/.test(email.trim()) ? undefined : texts.emailMalformed
  const passwordError = password ? undefined : texts.passwordMissing
  const problem = signIn.error ?? passkey.error

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!emailError && !passwordError) {
      passkey.reset()
      signIn.mutate({ email: email.trim(), password })
    }
  }

  return (
    <>
      <form onSubmit={submit} noValidate>
        {ended && !problem && (
          <Alert variant="outline" color="gray" role="status">
            {texts.ended}
          </Alert>
        )}
        <TextInput
          label={texts.email}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={checked && emailError}
          autoFocus
        />
        <PasswordField
          label={texts.password}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={checked && passwordError}
          showText={texts.showPassword}
        />
        <FormProblem problem={problem && !codeIsNeeded(problem) ? problemText(problem) : undefined} />
        <Button type="submit" size="md" loading={signIn.isPending}>
          {texts.submit}
        </Button>
        <Button
          variant="default"
          size="md"
          loading={passkey.isPending}
          onClick={() => {
            signIn.reset()
            passkey.mutate()
          }}
        >
          {texts.passkey}
        </Button>
      </form>
      <p>
        <TextLink to={paths.companySignIn} search={from ? { from } : {}} size="sm">
          {texts.provider}
        </TextLink>
        {' · '}
        <TextLink to={paths.forgot} size="sm">
          {texts.forgot}
        </TextLink>
        {' · '}
        <TextLink to={paths.register} size="sm">
          {texts.register}
        </TextLink>
        {' · '}
        <TextLink to={paths.reportKey} size="sm">
          {texts.reportKey}
        </TextLink>
      </p>
    </>
  )
}

function codeIsNeeded(error: Error): boolean {
  return error instanceof ApiProblem && error.code === 'code-needed'
}

function useSignIn(onCodeFollows: () => void) {
  const arrive = useArrival()
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => answer(api.POST('/api/v1/session', { body })),
    onSuccess: arrive,
    onError: (error) => {
      if (codeIsNeeded(error)) {
        onCodeFollows()
      }
    },
  })
}

function usePasskey() {
  const arrive = useArrival()
  return useMutation({
    mutationFn: async () => answer(api.POST('/api/v1/session/passkey', { body: { response: await askPasskey() } })),
    onSuccess: arrive,
  })
}
