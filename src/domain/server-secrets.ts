import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Credential } from './credential.ts'

/** A secret of the server. Its name tells which one keyed a stored hash; it says nothing about the secret. */
export interface ServerSecret {
  name: string
  bytes: Buffer
}

/** The secret that new hashes use, and all that stored hashes may have used (at most two: the present and the former one). */
export interface ServerSecrets {
  current: ServerSecret
  all: ReadonlyMap<string, ServerSecret>
}

export function serverSecrets(current: string, former?: string): ServerSecrets {
  const secrets = [current, ...(former === undefined ? [] : [former])].map(serverSecret)
  const first = secrets[0] as ServerSecret
  return { current: first, all: new Map(secrets.map((secret) => [secret.name, secret])) }
}

function serverSecret(text: string): ServerSecret {
  const bytes = Buffer.from(text, 'utf8')
  return { name: createHash('sha256').update('assent secret name\0').update(bytes).digest('hex').slice(0, 12), bytes }
}

/** A key of 32 bytes for one purpose, derived from a server's secret (HKDF, RFC 5869): a leak of one tells nothing of another. */
export function derivedKey(secret: ServerSecret, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret.bytes, '', `assent ${purpose}`, 32))
}

/** What is stored in place of a credential's secret part: HMAC-SHA-256 under the present server's secret, and that one's name. */
export function hashSecret(credential: Credential, secrets: ServerSecrets): { hash: Buffer; secretName: string } {
  return { hash: hmac(credential, secrets.current), secretName: secrets.current.name }
}

/** What may be stored for a credential: its hash under each of the server's secrets, by the secret's name. */
export function candidateHashes(credential: Credential, secrets: ServerSecrets): Map<string, Buffer> {
  return new Map([...secrets.all].map(([name, secret]) => [name, hmac(credential, secret)]))
}

/** Whether the hash that was stored under the named secret is that one's candidate, compared in constant time. */
export function hashMatches(candidates: ReadonlyMap<string, Buffer>, hash: Uint8Array, secretName: string): boolean {
  const own = candidates.get(secretName)
  return own !== undefined && own.length === hash.length && timingSafeEqual(own, hash)
}

/** Whether a credential's secret part is the one that was stored, compared in constant time. */
export function secretMatches(credential: Credential, hash: Uint8Array, secretName: string, secrets: ServerSecrets): boolean {
  return hashMatches(candidateHashes(credential, secrets), hash, secretName)
}

/** What the database keeps to know a wrong server's secret at start: it does not help to guess the secret. */
export function secretFingerprint(secret: ServerSecret): Buffer {
  return createHmac('sha256', derivedKey(secret, 'fingerprint')).update('fingerprint').digest()
}

const derived = new WeakMap<ServerSecret, KeyObject>()

function hmac(credential: Credential, secret: ServerSecret): Buffer {
  let key = derived.get(secret)
  if (key === undefined) {
    key = createSecretKey(derivedKey(secret, 'credentials'))
    derived.set(secret, key)
  }
  return createHmac('sha256', key)
    .update(credential.prefix + credential.id + credential.secret)
    .digest()
}
