import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answer, api, problemText } from '../client.ts'
import { portalQuery } from '../session.ts'
import { setUpTexts, signInTexts, resetTexts as texts } from '../texts/sign-in.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { Doorway } from '../ui/doorway.tsx'
import { focusFirstMistake } from '../ui/mistakes.ts'
import { PasswordField } from '../ui/password-field.tsx'
import { Failed } from '../ui/query.tsx'
import { newPasswordMistake } from './sign-in/mistakes.ts'
import { Outcome } from './sign-in/outcome.tsx'

/** A new password by the mailed link. The token stands after the #, so that it reaches no server's log. */
export function ResetPage() {
  const token = useLocation({ select: (location) => location.hash })
  const portal = useQuery(portalQuery)
  const [password, setPassword] = useState('')
  const [checked, setChecked] = useState(false)
  const use = useMutation({ mutationFn: () => answer(api.POST('/api/v1/password-resets/use', { body: { token, password } })) })
  const mistake = newPasswordMistake(password)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) {
      use.mutate()
    }
  }
  return (
    <Doorway brand={portal.data?.name ?? ''} title={texts.title}>
      <Outcome done={use.isSuccess ? texts.done : undefined}>
        {token === '' ? (
          <Failed title={setUpTexts.noToken.title} detail={setUpTexts.noToken.text} />
        ) : (
          <form onSubmit={submit} noValidate>
            <PasswordField
              label={texts.password}
              description={setUpTexts.passwordHint}
              autoComplete="new-password"
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
