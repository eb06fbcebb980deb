import { Button, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, problemText } from '../../client.ts'
import { setUpTexts, signInTexts } from '../../texts/sign-in.ts'
import { welcomeTexts as texts } from '../../texts/welcome.ts'
import { FormProblem } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { PasswordField } from '../../ui/password-field.tsx'
import { useJoined } from '../join/joined.ts'

const PASSWORD_LENGTH_MIN = 12

interface Invitation {
  organizationName: string
  email: string
  partner: { name: string; contactEmail?: string; contactPhone?: string }
}

interface JoinFormProps {
  token: string
  invitation: Invitation
  /** Whether the invited person has an account already, without a company. */
  isSignedIn: boolean
}

/** Makes the company, and its first account where whoever is invited has none. */
export function JoinForm({ token, invitation: { organizationName, email, partner }, isSignedIn }: JoinFormProps) {
  const joining = useJoining(token, isSignedIn)
  const [checked, setChecked] = useState(false)
  const [form, setForm] = useState({ organizationName, name: '', password: '' })
  const mistakes = {
    organizationName: form.organizationName.trim() ? undefined : texts.organizationMissing,
    name: form.name.trim() || isSignedIn ? undefined : setUpTexts.nameMissing,
    password:
      form.password.length < PASSWORD_LENGTH_MIN && !isSignedIn
        ? setUpTexts.passwordShort(PASSWORD_LENGTH_MIN - form.password.length)
        : undefined,
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
      joining.mutate(form)
    }
  }
  const contacts = [partner.contactEmail, partner.contactPhone].filter(Boolean)
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={texts.organization}
        description={texts.organizationHint}
        autoComplete="organization"
        {...field('organizationName')}
      />
      {!isSignedIn && (
        <>
          <TextInput label={setUpTexts.name} autoComplete="name" autoFocus {...field('name')} />
          <TextInput
            label={setUpTexts.email}
            type="email"
            autoComplete="username"
            description={texts.emailGiven}
            value={email}
            readOnly
          />
          <PasswordField
            label={setUpTexts.password}
            description={setUpTexts.passwordHint}
            autoComplete="new-password"
            showText={signInTexts.showPassword}
            {...field('password')}
          />
        </>
      )}
      <Text size="sm" c="dimmed">
        {texts.twoFactor}
      </Text>
      <FormProblem problem={joining.error ? problemText(joining.error) : undefined} />
      <Button type="submit" size="md" loading={joining.isPending}>
        {texts.submit}
      </Button>
      {contacts.length > 0 && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {texts.contact(partner.name)} {contacts.join(', ')}
        </Text>
      )}
    </form>
  )
}

function useJoining(token: string, isSignedIn: boolean) {
  const joined = useJoined()
  return useMutation({
    mutationFn: ({ organizationName, name, password }: { organizationName: string; name: string; password: string }) => {
      const person = isSignedIn ? {} : { person: { name: name.trim(), password } }
      const body = { token, organizationName: organizationName.trim(), ...person }
      return answer(api.POST('/api/v1/customer-invitations/acceptance', { body }))
    },
    onSuccess: joined,
  })
}
