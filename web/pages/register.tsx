import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, problemText } from '../client.ts'
import { portalQuery } from '../session.ts'
import { setUpTexts, signInTexts, registerTexts as texts } from '../texts/sign-in.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { Doorway } from '../ui/doorway.tsx'
import { focusFirstMistake } from '../ui/mistakes.ts'
import { PasswordField } from '../ui/password-field.tsx'
import { emailMistake, newPasswordMistake } from './sign-in/mistakes.ts'
import { Outcome } from './sign-in/outcome.tsx'

/** An account of no company yet. What is said is the same whether or not the address has one. */
export function RegisterPage() {
  const portal = useQuery(portalQuery)
  const register = useMutation({
    mutationFn: (body: { name: string; email: string; password: string }) => answer(api.POST('/api/v1/accounts', { body })),
  })
  const [checked, setChecked] = useState(false)
  const [form, setForm] = useState({ name: '', email: '', password: '' })
  const mistakes = {
    name: form.name.trim() ? undefined : setUpTexts.nameMissing,
    email: emailMistake(form.email),
    password: newPasswordMistake(form.password),
  }
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => setForm({ ...form, [name]: event.currentTarget.value }),
    error: checked && mistakes[name],
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!Object.values(mistakes).some(Boolean)) {
      register.mutate({ name: form.name.trim(), email: form.email.trim(), password: form.password })
    }
  }
  const done = register.isSuccess ? { title: texts.sent.title, text: texts.sent.text(form.email.trim()) } : undefined
  return (
    <Doorway brand={portal.data?.name ?? ''} title={texts.title}>
      <Outcome done={done}>
        <form onSubmit={submit} noValidate>
          <TextInput label={setUpTexts.name} autoComplete="name" autoFocus {...field('name')} />
          <TextInput label={signInTexts.email} type="email" autoComplete="username" {...field('email')} />
          <PasswordField
            label={signInTexts.password}
            description={setUpTexts.passwordHint}
            autoComplete="new-password"
            showText={signInTexts.showPassword}
            {...field('password')}
          />
          <FormProblem problem={register.error ? problemText(register.error) : undefined} />
          <Button type="submit" size="md" loading={register.isPending}>
            {texts.submit}
          </Button>
        </form>
      </Outcome>
    </Doorway>
  )
}
