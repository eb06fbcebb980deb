import { Button, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Account, answer, api } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { accountTexts } from '../../texts/account.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { Section } from '../../ui/section.tsx'
import { emailMistake } from '../sign-in/mistakes.ts'

const texts = accountTexts.email

/** The address that one signs in with and is mailed at, and the way to another address. */
export function ChangeEmail({ account }: { account: Account }) {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <Section
      title={texts.title}
      lead={texts.lead(account.person.email)}
      action={
        <Button variant="default" onClick={open}>
          {texts.change}
        </Button>
      }
    >
      <Dialog opened={opened} onClose={close} title={texts.change} closeText={portalTexts.close}>
        <EmailForm onClose={close} />
      </Dialog>
    </Section>
  )
}

function EmailForm({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState('')
  const [checked, setChecked] = useState(false)
  const request = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/account/email-changes', { body: { email: email.trim() } })),
    onSuccess: () => {
      onClose()
      notifyDone(texts.sent)
    },
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
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={texts.field}
        description={texts.hint}
        type="email"
        autoComplete="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={checked && mistake}
        data-autofocus
      />
      <FormFoot sent={request} submit={texts.submit} onCancel={onClose} />
    </form>
  )
}
