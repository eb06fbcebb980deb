import type { Context } from '../../context.ts'
import { newCredential } from '../../domain/credential.ts'
import type { KeyKind } from '../../domain/key.ts'
import { hashSecret } from '../../domain/server-secrets.ts'

/** A new key's secret text, to be shown once, and what is stored of it. */
export function newKeySecret({ clock, secrets }: Pick<Context, 'clock' | 'secrets'>, kind: KeyKind) {
  const credential = newCredential(kind === 'demo' ? 'ak_demo_' : 'ak_live_', clock)
  const { hash, secretName } = hashSecret(credential, secrets)
  return { secret: credential.text, stored: { id: credential.id, secretHash: hash, secretName } }
}
