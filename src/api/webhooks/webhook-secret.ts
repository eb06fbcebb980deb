import type { Context } from '../../context.ts'
import { seal } from '../../domain/sealed.ts'
import { type WebhookAuthorization, webhookPurpose } from '../../domain/webhook.ts'
import { newSigningSecret } from '../../domain/webhook-signature.ts'
import type { NewSecret } from '../../store/webhooks.ts'

/** A new secret that signs: as it is stored, and as it is shown once. Of v1a that is the public key, and nobody else needs the other. */
export function signingSecret({ clock, secrets }: Context, scheme: 'v1' | 'v1a'): { stored: NewSecret; secret: string } {
  const { secret, publicKey } = newSigningSecret(scheme, clock)
  const { sealed, secretName } = seal(secret, webhookPurpose, secrets, clock)
  return { stored: { scheme, publicKey: publicKey ?? null, sealedSecret: sealed, secretName }, secret: publicKey ?? secret }
}

/** The header Authorization of the format alarms, as it is stored. */
export function authorizationSecret({ clock, secrets }: Context, given: WebhookAuthorization): NewSecret {
  const header =
    given.scheme === 'bearer'
      ? `Bearer ${given.token}`
      : `Basic ${Buffer.from(`${given.username}:${given.password}`, 'utf8').toString('base64')}`
  const { sealed, secretName } = seal(header, webhookPurpose, secrets, clock)
  return { scheme: 'authorization', publicKey: null, sealedSecret: sealed, secretName }
}
