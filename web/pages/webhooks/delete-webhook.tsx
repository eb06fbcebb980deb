import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { answer, api, problemText, type Webhook } from '../../client.ts'
import { paths } from '../../paths.ts'
import { portalTexts } from '../../texts/portal.ts'
import { webhookTexts as texts } from '../../texts/webhooks.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'

/** The button that deletes a webhook, with the question before it. */
export function DeleteWebhook({ webhook }: { webhook: Webhook }) {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const deletion = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/webhooks/{webhookId}', { params: { path: { webhookId: webhook.id } } })),
    onSuccess: async () => {
      close()
      await navigate({ to: paths.webhooks })
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
      notifyDone(texts.removed(webhook.name))
    },
  })
  return (
    <>
      <Button variant="default" c="var(--mantine-color-error)" onClick={open}>
        {texts.remove}
      </Button>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.removeTitle(webhook.name)}
        confirmText={texts.removeConfirm}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={deletion.isPending}
        problem={deletion.error ? problemText(deletion.error) : undefined}
        onConfirm={() => deletion.mutate()}
      >
        <p>{texts.removeText}</p>
      </Confirm>
    </>
  )
}
