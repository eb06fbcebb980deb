import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { accountTexts } from '../../texts/account.ts'
import { portalTexts } from '../../texts/portal.ts'
import { setUpTexts, signInTexts } from '../../texts/sign-in.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { PasswordField } from '../../ui/password-field.tsx'
import { Section } from '../../ui/section.tsx'
import { newPasswordMistake } from '../sign-in/mistakes.ts'
import { sessionsKey } from './sessions.tsx'

const texts = accountTexts.password

/** The way to another password. */
export function ChangePassword() {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <Section
      title={texts.title}
      lead={texts.lead}
      action={
        <Button variant="default" onClick={open}>
          {texts.change}
        </Button>
      }
    >
      <Dialog opened={opened} onClose={close} title={texts.change} closeText={portalTexts.close}>
        <PasswordForm onClose={close} />
      </Dialog>
    </Section>
  )
}

function PasswordForm({ onClose }: { onClose: () => void }) {
  const [form, setForm] = useState({ current: '', wanted: '' })
  const [checked, setChecked] = useState(false)
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: () => answer(api.PUT('/api/v1/account/password', { body: form })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: sessionsKey })
      onClose()
      notifyDone(texts.done)
    },
  })
  const mistakes = {
    current: form.current ? undefined : texts.currentMissing,
    wanted: newPasswordMistake(form.wanted),
  }
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => setForm({ ...form, [name]: event.currentTarget.value }),
    error: checked && mistakes[name],
    showText: signInTexts.showPassword,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistakes.current && !mistakes.wanted) {
      change.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <PasswordField label={texts.current} autoComplete="current-password" data-autofocus {...field('current')} />
      <PasswordField
        label={texts.wanted}
        description={setUpTexts.passwordHint}
        autoComplete="new-password"
        {...field('wanted')}
      />
      <FormFoot sent={change} submit={texts.submit} onCancel={onClose} />
    </form>
  )
}
