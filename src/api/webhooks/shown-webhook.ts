import type { Context } from '../../context.ts'
import type { Webhook, WebhookWarning } from '../../domain/webhook.ts'
import { whyNeverAsked } from '../../outside/addresses.ts'
import type { StoredWebhook } from '../../store/webhooks.ts'

const ofAddress = { inside: 'address-inside', 'not-https': 'address-not-https' } as const

/** A webhook as the API shows it: with what keeps it from telling what it is for. */
export function shownWebhook({ config }: Context, { organizationsEnded, locationsEnded, ...stored }: StoredWebhook): Webhook {
  const why = whyNeverAsked(config.inside, new URL(stored.url))
  const warnings: WebhookWarning[] = why === null ? [] : [ofAddress[why]]
  if (organizationsEnded) warnings.push('organizations-not-covered')
  // Where no organization is covered, no location can be.
  else if (locationsEnded) warnings.push('locations-not-covered')
  return { ...stored, warnings }
}
