import { createCipheriv, createDecipheriv } from 'node:crypto'
import { derivedKey, type ServerSecrets } from './server-secrets.ts'

const nonceLength = 12
const tagLength = 16

/**
 * A text that must be read again later (a link in a mail that is not sent yet), so that a hash will not do: AES-256-GCM under a
 * key derived from the server's secret for this purpose. What is stored is of no use without that secret (I8).
 */
export function seal(
  text: string,
  purpose: string,
  secrets: ServerSecrets,
  source: { randomBytes(size: number): Uint8Array },
): { sealed: Buffer; secretName: string } {
  const nonce = source.randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', derivedKey(secrets.current, purpose), nonce)
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { sealed, secretName: secrets.current.name }
}

/** The text; null where the secret that sealed it is none of the server's any more. Throws where what is stored was changed. */
export function unseal(sealed: Uint8Array, secretName: string, purpose: string, secrets: ServerSecrets): string | null {
  const secret = secrets.all.get(secretName)
  if (secret === undefined) return null
  const decipher = createDecipheriv('aes-256-gcm', derivedKey(secret, purpose), sealed.subarray(0, nonceLength))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
  return decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength), undefined, 'utf8') + decipher.final('utf8')
}
