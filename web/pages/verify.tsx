import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answer, api, problemText } from '../client.ts'
import { portalQuery } from '../session.ts'
import { setUpTexts, signInTexts, verifyTexts as texts } from '../texts/sign-in.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { Doorway } from '../ui/doorway.tsx'
import { focusFirstMistake } from '../ui/mistakes.ts'
import { PasswordField } from '../ui/password-field.tsx'
import { Failed } from '../ui/query.tsx'
import { Outcome } from './sign-in/outcome.tsx'

/** Confirms the address of a new account, by the mailed link and the password. The token stands after the #, so that it reaches no server's log. */
export function VerifyPage() {
  const token = useLocation({ select: (location) => location.hash })
  const portal = useQuery(portalQuery)
  const [password, setPassword] = useState('')
  const [checked, setChecked] = useState(false)
  const use = useMutation({ mutationFn: () => answer(api.POST('/api/v1/accounts/verification', { body: { token, password } })) })
  const mistake = password ? undefined : signInTexts.passwordMissing
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) {
      use.mutate()
    }
  }
  return (
    <Doorway brand={portal.data?.name ?? ''} title={texts.title} lead={!use.isSuccess && texts.lead}>
      <Outcome done={use.isSuccess ? texts.done : undefined}>
        {token === '' ? (
          <Failed title={setUpTexts.noToken.title} detail={setUpTexts.noToken.text} />
        ) : (
          <form onSubmit={submit} noValidate>
            <PasswordField
              label={signInTexts.password}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              error={checked && mistake}
              showText={signInTexts.showPassword}
              autoFocus
            />
            <FormProblem problem={use.error ? problemText(use.error) : undefined} />
            <Button type="submit" size="md" loading={use.isPending}>
              {texts.submit}
            </Button>
          </form>
        )}
      </Outcome>
    </Doorway>
  )
}
