import { Alert } from '@mantine/core'
import type { Webhook } from '../../client.ts'
import { webhookTexts, webhookWarnings } from '../../texts/webhooks.ts'

/** Says above all else what keeps a webhook from telling what it is for. */
export function Warnings({ webhook: { warnings } }: { webhook: Webhook }) {
  return warnings.map((one) => (
    <Alert key={one} role="note" variant="outline" color="red" title={webhookTexts.warning} mb="lg">
      {webhookWarnings[one]}
    </Alert>
  ))
}
