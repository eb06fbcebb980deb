import { useState } from 'react'
import { portalTexts } from '../../texts/portal.ts'
import { addWebhookTexts as texts } from '../../texts/webhooks.ts'
import { notifyDone } from '../../ui/notify.ts'
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx'
import { GuideLink } from './guide-link.tsx'
import { WebhookForm } from './webhook-form.tsx'

/** Adding a webhook: its settings, then the secret that verifies its signatures, this once, where it signs. */
export function AddWebhook({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [secret, setSecret] = useState<string>()
  return (
    <ShownOnceDialog
      opened={opened}
      onClose={onClose}
      title={texts.title}
      secret={secret}
      onLeft={() => setSecret(undefined)}
      texts={texts.shown}
      words={portalTexts}
      form={
        <WebhookForm
          onCancel={onClose}
          onAdded={(name, made) => {
            if (made === undefined) {
              onClose()
              notifyDone(texts.added(name))
            } else {
              setSecret(made)
            }
          }}
        />
      }
    >
      <p>
        <GuideLink />
      </p>
    </ShownOnceDialog>
  )
}
