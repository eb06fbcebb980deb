import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, problemText, type Webhook } from '../../client.ts'
import { portalTexts } from '../../texts/portal.ts'
import { webhookTexts as texts } from '../../texts/webhooks.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone, notifyProblem } from '../../ui/notify.ts'

/** The button that disables a webhook, after a question, or enables it again. */
export function EnableWebhook({ webhook }: { webhook: Webhook }) {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: (enabled: boolean) =>
      answer(api.PATCH('/api/v1/webhooks/{webhookId}', { params: { path: { webhookId: webhook.id } }, body: { enabled } })),
    onSuccess: async (_, enabled) => {
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
      close()
      notifyDone(enabled ? texts.enabled : texts.disabled)
    },
    onError: (error, enabled) => enabled && notifyProblem(problemText(error)),
  })
  return (
    <>
      {webhook.enabled ? (
        <Button variant="default" onClick={open}>
          {texts.disable}
        </Button>
      ) : (
        <Button variant="default" onClick={() => change.mutate(true)} loading={change.isPending}>
          {texts.enable}
        </Button>
      )}
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.disableTitle(webhook.name)}
        confirmText={texts.disable}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        pending={change.isPending}
        problem={change.error ? problemText(change.error) : undefined}
        onConfirm={() => change.mutate(false)}
      >
        <p>{texts.disableText}</p>
      </Confirm>
    </>
  )
}
