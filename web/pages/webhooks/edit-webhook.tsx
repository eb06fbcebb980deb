import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Webhook } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { portalTexts } from '../../texts/portal.ts'
import { webhookTexts as texts } from '../../texts/webhooks.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { changesOf, draftOf, mistakesOf } from './webhook-draft.ts'
import { WebhookFields } from './webhook-fields.tsx'

/** The button and dialog that change what a webhook tells, and where. */
export function EditWebhook({ webhook }: { webhook: Webhook }) {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.edit}
      </Button>
      <Dialog opened={opened} onClose={close} title={texts.editTitle} lightly={false} closeText={portalTexts.close}>
        <EditForm webhook={webhook} onClose={close} />
      </Dialog>
    </>
  )
}

function EditForm({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const [checked, setChecked] = useState(false)
  const [before] = useState(() => draftOf(webhook))
  const [draft, setDraft] = useState(before)
  const changes = changesOf(draft, before)
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: () =>
      answer(api.PATCH('/api/v1/webhooks/{webhookId}', { params: { path: { webhookId: webhook.id } }, body: changes })),
    onSuccess: async ({ name }) => {
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
      onClose()
      notifyDone(texts.edited(name))
    },
  })
  const mistakes = mistakesOf(draft, true)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (Object.keys(mistakes).length > 0) {
      return
    }
    if (Object.keys(changes).length === 0) {
      onClose()
    } else {
      change.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <WebhookFields draft={draft} onChange={setDraft} mistakes={checked ? mistakes : {}} made />
      <FormFoot sent={change} submit={portalTexts.save} onCancel={onClose} />
    </form>
  )
}
