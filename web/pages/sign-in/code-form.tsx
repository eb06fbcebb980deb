import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, problemText } from '../../client.ts'
import { signInTexts as texts } from '../../texts/sign-in.ts'
import { FormProblem } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { useArrival } from './use-arrival.ts'

/** The second step of a sign-in. */
export function CodeForm({ onBack }: { onBack: () => void }) {
  const [code, setCode] = useState('')
  const [checked, setChecked] = useState(false)
  const arrive = useArrival()
  const signIn = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/session/code', { body: { code: code.trim() } })),
    onSuccess: arrive,
  })
  const mistake = code.trim().length >= 6 ? undefined : texts.code.missing
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) {
      signIn.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={texts.code.field}
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={checked && mistake}
        autoFocus
      />
      <FormProblem problem={signIn.error ? problemText(signIn.error) : undefined} />
      <Button type="submit" size="md" loading={signIn.isPending}>
        {texts.submit}
      </Button>
      <Button variant="default" size="md" onClick={onBack}>
        {texts.code.back}
      </Button>
    </form>
  )
}
