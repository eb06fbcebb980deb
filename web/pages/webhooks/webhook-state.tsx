import type { Webhook } from '../../client.ts'
import { webhooksTexts as texts } from '../../texts/webhooks.ts'
import { State } from '../../ui/state.tsx'

/** Whether a webhook sends, and if not, why. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const { enabled, disabledReason, failingSince } = webhook
  if (enabled) {
    return failingSince ? <State mood="bad">{texts.states.failing}</State> : <State mood="good">{texts.states.on}</State>
  }
  const reason = disabledReason === 'failing' ? 'stopped' : (disabledReason ?? 'by hand')
  return <State mood="idle">{texts.states[reason]}</State>
}

/** A count, which ends at a thousand. */
export function failedText(count: number): string {
  return count < 1000 ? String(count) : texts.many
}
