import { Alert, Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answer, api, problemText, type Session } from '../client.ts'
import { isPageOf, paths } from '../paths.ts'
import { portalQuery, sessionQuery } from '../session.ts'
import { signInTexts as texts } from '../texts/sign-in.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { Doorway } from '../ui/doorway.tsx'
import { focusFirstMistake } from '../ui/mistakes.ts'

const route = getRouteApi('/sign-in')

/** Email and password; then on to where one was going. */
export function SignInPage() {
  const { ended } = route.useSearch()
  const portal = useQuery(portalQuery)
  const signIn = useSignIn()
  const [checked, setChecked] = useState(false)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const emailError = !email.trim() ? texts.emailMissing : /^\S+@\S+$/.test(email.trim()) ? undefined : texts.emailMalformed
  const passwordError = password ? undefined : texts.passwordMissing

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!emailError && !passwordError) {
      signIn.mutate({ email: email.trim(), password })
    }
  }

  return (
    <Doorway brand={portal.data?.name ?? ''} title={texts.title}>
      <form onSubmit={submit} noValidate>
        {ended && !signIn.error && (
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
        <PasswordInput
          label={texts.password}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={checked && passwordError}
          visibilityToggleButtonProps={{ 'aria-label': texts.showPassword, tabIndex: 0 }}
        />
        <FormProblem problem={signIn.error ? problemText(signIn.error) : undefined} />
        <Button type="submit" size="md" loading={signIn.isPending}>
          {texts.submit}
        </Button>
      </form>
    </Doorway>
  )
}

function useSignIn() {
  const queryClient = useQueryClient()
  const router = useRouter()
  const { from } = route.useSearch()
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => answer(api.POST('/api/v1/session', { body })),
    onSuccess: async (session) => {
      queryClient.clear()
      queryClient.setQueryData(sessionQuery.queryKey, session)
      const back = from && mayGoBack(session, new URL(from, window.location.origin).pathname) ? from : paths.home
      await router.navigate({ href: back, replace: true })
    },
  })
}

/** To a page of one's own kind of company, or to the invitation that one signed in to accept. */
function mayGoBack({ company }: Session, pathname: string): boolean {
  return pathname === paths.join || (company !== undefined && isPageOf(company.kind, pathname))
}
