import { Button, NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api, problemText, type Webhook } from '../../client.ts'
import { portalTexts } from '../../texts/portal.ts'
import { addWebhookTexts, webhookTexts as texts } from '../../texts/webhooks.ts'
import { DialogButtons, FormProblem } from '../../ui/dialog.tsx'
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx'

const overlaps = Object.entries(texts.overlaps).map(([value, label]) => ({ value, label }))
const overlapDefault = '24'

/** Replacing a webhook's secret: a question, then the new one, this once. */
export function RotateSecret({ webhook }: { webhook: Webhook }) {
  const [opened, { open, close }] = useDisclosure(false)
  const [secret, setSecret] = useState<string>()
  const [overlap, setOverlap] = useState(overlapDefault)
  const queryClient = useQueryClient()
  const rotation = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/webhooks/{webhookId}/secret', {
          params: { path: { webhookId: webhook.id } },
          body: { overlapHours: Number(overlap) },
        }),
      ),
    onSuccess: async (made) => {
      setSecret(made.secret)
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
    },
    gcTime: 0,
  })
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.rotate}
      </Button>
      <ShownOnceDialog
        opened={opened}
        onClose={close}
        title={texts.rotateTitle(webhook.name)}
        secret={secret}
        onLeft={() => {
          setSecret(undefined)
          setOverlap(overlapDefault)
        }}
        texts={addWebhookTexts.shown}
        words={portalTexts}
        form={
          <>
            <p>{texts.rotateText}</p>
            <NativeSelect
              label={texts.overlap}
              data={overlaps}
              value={overlap}
              onChange={(event) => setOverlap(event.currentTarget.value)}
            />
            <FormProblem problem={rotation.error ? problemText(rotation.error) : undefined} />
            <DialogButtons>
              <Button variant="default" onClick={close}>
                {portalTexts.cancel}
              </Button>
              <Button onClick={() => rotation.mutate()} loading={rotation.isPending}>
                {texts.rotate}
              </Button>
            </DialogButtons>
          </>
        }
      >
        {null}
      </ShownOnceDialog>
    </>
  )
}
