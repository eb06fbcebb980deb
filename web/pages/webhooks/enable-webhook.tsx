import { useQueryClient } from '@tanstack/react-query'
import { answer, api, type Webhook } from '../../client.ts'
import { EnableButton } from '../../enable-button.tsx'
import { webhookTexts as texts } from '../../texts/webhooks.ts'

/** The button that disables a webhook, after a question, or enables it again. */
export function EnableWebhook({ webhook: { id, name, enabled } }: { webhook: Webhook }) {
  const queryClient = useQueryClient()
  const change = async (enabled: boolean) => {
    await answer(api.PATCH('/api/v1/webhooks/{webhookId}', { params: { path: { webhookId: id } }, body: { enabled } }))
    await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
  }
  return <EnableButton name={name} enabled={enabled} change={change} texts={texts} />
}
