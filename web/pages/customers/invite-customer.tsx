import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api } from '../../client.ts'
import { customerInvitationsQuery } from '../../customers.ts'
import { FormFoot } from '../../form-foot.tsx'
import { useSession } from '../../session.ts'
import { inviteCustomerTexts as texts } from '../../texts/customer-invitations.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'

/** The dialog that invites an organization to become a customer. */
export function InviteCustomer({ onClose }: { onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title={texts.title} closeText={portalTexts.close} lightly={false}>
      <InviteForm onClose={onClose} />
    </Dialog>
  )
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const { partnerId } = useSession().company
  const [checked, setChecked] = useState(false)
  const [form, setForm] = useState({ organizationName: '', email: '', address: '' })
  const invitation = useInvitation(onClose)
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => setForm({ ...form, [name]: event.currentTarget.value }),
    autoComplete: 'off',
  })
  const email = form.email.trim()
  const mistakes = {
    organizationName: form.organizationName.trim() ? undefined : texts.nameMissing,
    email: !email ? texts.emailMissing : /^\S+@\S+$/.test(email) ? undefined : texts.emailMalformed,
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!Object.values(mistakes).some(Boolean)) {
      const address = form.address.trim()
      invitation.mutate({ organizationName: form.organizationName.trim(), email, ...(address && { address }) })
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <p>{texts.lead}</p>
      {partnerId && <p>{texts.known(partnerId)}</p>}
      <TextInput label={texts.name} error={checked && mistakes.organizationName} data-autofocus {...field('organizationName')} />
      <TextInput
        label={texts.email}
        mt="md"
        description={texts.emailHint}
        type="email"
        error={checked && mistakes.email}
        {...field('email')}
      />
      <TextInput label={texts.address} mt="md" description={texts.addressHint} {...field('address')} />
      <FormFoot sent={invitation} submit={texts.submit} onCancel={onClose} />
    </form>
  )
}

function useInvitation(onClose: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { organizationName: string; email: string; address?: string }) =>
      answer(api.POST('/api/v1/customer-invitations', { body })),
    onSuccess: async ({ organizationName }) => {
      await queryClient.invalidateQueries({ queryKey: customerInvitationsQuery.queryKey })
      onClose()
      notifyDone(texts.sent(organizationName))
    },
  })
}
