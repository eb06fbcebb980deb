import { NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Role } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { setUpLinkTexts as texts } from '../../texts/companies.ts'
import { roleTexts } from '../../texts/portal.ts'
import { signInTexts } from '../../texts/sign-in.ts'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import type { SetUpLink } from './set-up-links.tsx'

const roles = ['administrator', 'operator', 'editor', 'viewer'] as const

interface SetUpLinkFormProps {
  companyId: string
  onCancel: () => void
  onCreated: (link: SetUpLink) => void
}

/** For whom a set-up link is made. */
export function SetUpLinkForm({ companyId, onCancel, onCreated }: SetUpLinkFormProps) {
  const [role, setRole] = useState<Role>('administrator')
  const [email, setEmail] = useState('')
  const [checked, setChecked] = useState(false)
  const given = email.trim()
  const mistake = !given ? texts.emailMissing : /^\S+@\S+$/.test(given) ? undefined : signInTexts.emailMalformed
  const creation = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/companies/{companyId}/setup-links', {
          params: { path: { companyId } },
          body: { role, email: given },
        }),
      ),
    onSuccess: onCreated,
    gcTime: 0,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) {
      creation.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <NativeSelect
          label={texts.role}
          data={roles.map((value) => ({ value, label: roleTexts[value] }))}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
        />
        <TextInput
          type="email"
          label={texts.email}
          description={texts.emailHint}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={checked && mistake}
          data-autofocus
        />
      </Stack>
      <FormFoot sent={creation} submit={texts.submit} onCancel={onCancel} />
    </form>
  )
}
