import { TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Subscription } from '../../client.ts'
import { companiesQuery } from '../../companies.ts'
import { FormFoot } from '../../form-foot.tsx'
import { vendorSubscriptionTexts as texts } from '../../texts/companies.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'
import { dateOf, endOfDay } from '../../ui/times.ts'

/** The button and dialog that move a subscription's end to later. */
export function ExtendSubscription({ subscription }: { subscription: Subscription }) {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <RowButton onClick={open}>{texts.extend}</RowButton>
      <Dialog opened={opened} onClose={close} title={texts.extendTitle} closeText={portalTexts.close}>
        <ExtendForm subscription={subscription} onClose={close} />
      </Dialog>
    </>
  )
}

function ExtendForm({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const [until, setUntil] = useState('')
  const [checked, setChecked] = useState(false)
  const queryClient = useQueryClient()
  const extension = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/subscriptions/{subscriptionId}/extension', {
          params: { path: { subscriptionId: subscription.id } },
          body: { endsAt: endOfDay(until) },
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: companiesQuery.queryKey })
      onClose()
      notifyDone(texts.extended)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (until) {
      extension.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        type="date"
        label={texts.until}
        description={texts.extendHint(dateOf(subscription.endsAt))}
        min={subscription.endsAt.slice(0, 10)}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
        error={checked && !until && texts.dateMissing}
        data-autofocus
      />
      <FormFoot sent={extension} submit={texts.extend} onCancel={onClose} />
    </form>
  )
}
