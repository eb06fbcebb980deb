import type { Context } from '../context.ts'
import { unseal } from '../domain/sealed.ts'
import { webhookPurpose } from '../domain/webhook.ts'
import { signatureHeaders, signerOf } from '../domain/webhook-signature.ts'
import { senderOf } from '../store/webhook-deliveries.ts'

/** What a webhook's requests are made of. */
export interface OpenedSender {
  url: string
  /** Of the secrets that this server can open: of none, nothing can be sent. */
  secretIds: string[]
  /** The headers of a delivery's attempt. */
  headersOf(id: string, at: Date, body: string): Record<string, string>
}

/** Null: nothing is to be sent. */
export async function openedSender(context: Context, webhookId: string): Promise<OpenedSender | null> {
  const sender = await senderOf(context.db.system, webhookId)
  if (sender === null) return null
  const opened = sender.secrets.flatMap(({ id, scheme, sealedSecret, secretName }) => {
    const secret = unseal(sealedSecret, secretName, webhookPurpose, context.secrets)
    return secret === null ? [] : [{ id, scheme, secret }]
  })
  const common = { url: sender.url, secretIds: opened.map(({ id }) => id) }
  if (sender.format === 'alarms') {
    const authorization = opened[0]?.secret ?? ''
    return { ...common, headersOf: (id) => ({ 'webhook-id': id, authorization }) }
  }
  const signers = opened.flatMap(({ scheme, secret }) => (scheme === 'authorization' ? [] : [signerOf(scheme, secret)]))
  return { ...common, headersOf: (...of) => signatureHeaders(...of, signers) }
}
