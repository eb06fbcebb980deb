import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { addWebhookTexts as texts } from '../../texts/webhooks.ts'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { bodyOf, emptyDraft, mistakesOf } from './webhook-draft.ts'
import { WebhookFields } from './webhook-fields.tsx'

interface WebhookFormProps {
  onCancel: () => void
  /** With the secret that is shown once, where there is one. */
  onAdded: (name: string, secret: string | undefined) => void
}

/** The settings of a new webhook. */
export function WebhookForm({ onCancel, onAdded }: WebhookFormProps) {
  const [checked, setChecked] = useState(false)
  const [draft, setDraft] = useState(emptyDraft)
  const queryClient = useQueryClient()
  const adding = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/webhooks', { body: bodyOf(draft) })),
    onSuccess: async ({ webhook, secret }) => {
      // A public key is no secret: the webhook's page shows it.
      onAdded(webhook.name, webhook.scheme === 'v1a' ? undefined : secret)
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
    },
    gcTime: 0,
  })
  const mistakes = mistakesOf(draft)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (Object.keys(mistakes).length === 0) {
      adding.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <WebhookFields draft={draft} onChange={setDraft} mistakes={checked ? mistakes : {}} />
      <FormFoot sent={adding} submit={texts.submit} onCancel={onCancel} />
    </form>
  )
}
