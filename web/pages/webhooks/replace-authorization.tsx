import { Button, NativeSelect, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Webhook } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { portalTexts } from '../../texts/portal.ts'
import { addWebhookTexts, webhookTexts as texts } from '../../texts/webhooks.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { authorizationOf, draftOf, type Format, mistakesOf } from './webhook-draft.ts'
import { CredentialFields } from './webhook-fields.tsx'

const schemes = (['bearer', 'basic'] as const).map((value) => ({ value, label: addWebhookTexts.formats[value] }))

/** The button and dialog that replace what a webhook of the format alarms sends in Authorization. */
export function ReplaceAuthorization({ webhook }: { webhook: Webhook }) {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.authorize}
      </Button>
      <Dialog
        opened={opened}
        onClose={close}
        title={texts.authorizeTitle(webhook.name)}
        lightly={false}
        closeText={portalTexts.close}
      >
        <AuthorizationForm webhook={webhook} onClose={close} />
      </Dialog>
    </>
  )
}

function AuthorizationForm({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const [checked, setChecked] = useState(false)
  const [draft, setDraft] = useState(() => draftOf(webhook))
  const queryClient = useQueryClient()
  const replacing = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/webhooks/{webhookId}/secret', {
          params: { path: { webhookId: webhook.id } },
          body: { authorization: authorizationOf(draft) },
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
      onClose()
      notifyDone(texts.authorized)
    },
    gcTime: 0,
  })
  const mistakes = mistakesOf(draft)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (mistakes.credential === undefined) {
      replacing.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <p>{texts.authorizeText}</p>
      <Stack gap="sm">
        <NativeSelect
          label={addWebhookTexts.format}
          data={schemes}
          value={draft.format}
          onChange={(event) => setDraft({ ...draft, format: event.currentTarget.value as Format })}
        />
        <CredentialFields draft={draft} set={(change) => setDraft({ ...draft, ...change })} mistakes={checked ? mistakes : {}} />
      </Stack>
      <FormFoot sent={replacing} submit={texts.authorize} onCancel={onClose} />
    </form>
  )
}
