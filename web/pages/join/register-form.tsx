import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, problemText } from '../../client.ts'
import { keepInvitation } from '../../kept-invitation.ts'
import { paths } from '../../paths.ts'
import { leaveForProvider } from '../../provider.ts'
import { joinTexts as texts } from '../../texts/join.ts'
import { setUpTexts, signInTexts } from '../../texts/sign-in.ts'
import { FormProblem } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { PasswordField } from '../../ui/password-field.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useJoined } from './joined.ts'

const PASSWORD_LENGTH_MIN = 12

/** Makes the account of a new person, under the address that was invited; or leads to the sign-in whoever has one. */
export function RegisterForm({ token, email, provider }: { token: string; email: string; provider: string | undefined }) {
  const joined = useJoined()
  const join = useMutation({
    mutationFn: (body: { name: string; password: string }) =>
      answer(api.POST('/api/v1/invitations/acceptance', { body: { token, ...body } })),
    onSuccess: joined,
    gcTime: 0,
  })
  const [checked, setChecked] = useState(false)
  const [form, setForm] = useState({ name: '', password: '' })
  const missing = PASSWORD_LENGTH_MIN - form.password.length
  const mistakes = {
    name: form.name.trim() ? undefined : setUpTexts.nameMissing,
    password: missing > 0 ? setUpTexts.passwordShort(missing) : undefined,
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
    if (!mistakes.name && !mistakes.password) {
      join.mutate({ name: form.name.trim(), password: form.password })
    }
  }
  return (
    <>
      <form onSubmit={submit} noValidate>
        <TextInput
          label={setUpTexts.email}
          description={texts.emailGiven}
          type="email"
          autoComplete="username"
          value={email}
          readOnly
        />
        <TextInput label={setUpTexts.name} autoComplete="name" autoFocus {...field('name')} />
        <PasswordField
          label={setUpTexts.password}
          description={setUpTexts.passwordHint}
          autoComplete="new-password"
          showText={signInTexts.showPassword}
          {...field('password')}
        />
        <FormProblem problem={join.error ? problemText(join.error) : undefined} />
        <Button type="submit" size="md" loading={join.isPending}>
          {texts.submit}
        </Button>
      </form>
      {provider && <JoinByProvider token={token} name={provider} />}
      <p>
        {texts.haveAccount}{' '}
        <TextLink to={paths.signIn} search={{ from: paths.join }} underline="always" onClick={() => keepInvitation(token)}>
          {texts.signIn}
        </TextLink>
      </p>
    </>
  )
}

/** Without a password, by the company's own provider, which leads back to the portal. */
function JoinByProvider({ token, name }: { token: string; name: string }) {
  const leave = useMutation({
    mutationFn: () => {
      keepInvitation(token)
      return leaveForProvider({ name })
    },
  })
  return (
    <>
      <FormProblem problem={leave.error ? problemText(leave.error) : undefined} />
      <Button variant="default" size="md" loading={leave.isPending} onClick={() => leave.mutate()}>
        {texts.byProvider}
      </Button>
    </>
  )
}
