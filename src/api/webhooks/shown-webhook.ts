import type { Context } from '../../context.ts'
import type { Webhook, WebhookWarning } from '../../domain/webhook.ts'
import { whyNeverAsked } from '../../outside/addresses.ts'
import type { StoredWebhook } from '../../store/webhooks.ts'

const ofAddress = { inside: 'address-inside', 'not-https': 'address-not-https' } as const

/** A webhook as the API shows it: with why it can be told nothing as it is. */
export function shownWebhook({ config }: Context, stored: StoredWebhook): Webhook {
  const why = whyNeverAsked(config.inside, new URL(stored.url))
  const warnings: WebhookWarning[] = why === null ? [] : [ofAddress[why]]
  return { ...stored, warnings }
}
