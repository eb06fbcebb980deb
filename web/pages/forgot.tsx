import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, problemText } from '../client.ts'
import { portalQuery } from '../session.ts'
import { signInTexts, forgotTexts as texts } from '../texts/sign-in.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { Doorway } from '../ui/doorway.tsx'
import { focusFirstMistake } from '../ui/mistakes.ts'
import { emailMistake } from './sign-in/mistakes.ts'
import { Outcome } from './sign-in/outcome.tsx'

/** Asks for a new password. What is said is the same whether or not the address has an account. */
export function ForgotPage() {
  const portal = useQuery(portalQuery)
  const [email, setEmail] = useState('')
  const [checked, setChecked] = useState(false)
  const request = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/password-resets', { body: { email: email.trim() } })),
  })
  const mistake = emailMistake(email)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) {
      request.mutate()
    }
  }
  const done = request.isSuccess ? { title: texts.sent.title, text: texts.sent.text(email.trim()) } : undefined
  return (
    <Doorway brand={portal.data?.name ?? ''} title={texts.title} lead={!done && texts.lead}>
      <Outcome done={done}>
        <form onSubmit={submit} noValidate>
          <TextInput
            label={signInTexts.email}
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={checked && mistake}
            autoFocus
          />
          <FormProblem problem={request.error ? problemText(request.error) : undefined} />
          <Button type="submit" size="md" loading={request.isPending}>
            {texts.submit}
          </Button>
        </form>
      </Outcome>
    </Doorway>
  )
}
