import { createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto'

/** What signs a webhook's requests, or is sent as its header Authorization. */
export interface SigningSecret {
  scheme: 'v1' | 'v1a' | 'authorization'
  /** whsec_… (v1), whsk_… (v1a), or the whole header. */
  secret: string
}

/** PKCS #8 around an Ed25519 seed (RFC 8410, section 7). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const spkiPrefixLength = 12
const seedLength = 32

/** A new secret as Standard Webhooks 1.0.0 writes it. Its `publicKey` (whpk_…) is what verifies v1a, and no secret. */
export function newSigningSecret(
  scheme: 'v1' | 'v1a',
  source: { randomBytes(size: number): Uint8Array },
): { secret: string; publicKey?: string } {
  const random = Buffer.from(source.randomBytes(seedLength))
  if (scheme === 'v1') return { secret: `whsec_${random.toString('base64')}` }
  const publicKey = createPublicKey(privateKeyOf(random)).export({ format: 'der', type: 'spki' }).subarray(spkiPrefixLength)
  // The secret key as NaCl writes it: the seed, then the public key.
  return {
    secret: `whsk_${Buffer.concat([random, publicKey]).toString('base64')}`,
    publicKey: `whpk_${publicKey.toString('base64')}`,
  }
}

function privateKeyOf(seed: Uint8Array) {
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })
}

/**
 * The headers of one request after Standard Webhooks 1.0.0: `id` is the same at each attempt, `at` is this attempt's. Each of several secrets
 * signs, so that a receiver may change from one to the next.
 */
export function signatureHeaders(id: string, at: Date, body: string, secrets: readonly SigningSecret[]): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signed = `${id}.${timestamp}.${body}`
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((one) => signatureOf(one, signed)).join(' '),
  }
}

function signatureOf({ scheme, secret }: SigningSecret, signed: string): string {
  const bytes = Buffer.from(secret.replace(/^wh(sec|sk)_/, ''), 'base64')
  if (scheme === 'v1') return `v1,${createHmac('sha256', bytes).update(signed).digest('base64')}`
  return `v1a,${sign(null, Buffer.from(signed), privateKeyOf(bytes.subarray(0, seedLength))).toString('base64')}`
}
