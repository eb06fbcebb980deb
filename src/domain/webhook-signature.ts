import { createHmac, createPrivateKey, createPublicKey, createSecretKey, sign } from 'node:crypto'

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

/** Signs a text, as the header has it. */
export type Signer = (signed: string) => string

/** What signs with a secret, whsec_… (v1) or whsk_… (v1a): its key is made ready once, which takes longer than a signature. */
export function signerOf(scheme: 'v1' | 'v1a', secret: string): Signer {
  const bytes = Buffer.from(secret.replace(/^wh(sec|sk)_/, ''), 'base64')
  if (scheme === 'v1') {
    const key = createSecretKey(bytes)
    return (signed) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  }
  const key = privateKeyOf(bytes.subarray(0, seedLength))
  return (signed) => `v1a,${sign(null, Buffer.from(signed), key).toString('base64')}`
}

/**
 * The headers of one request after Standard Webhooks 1.0.0: `id` is the same at each attempt, `at` is this attempt's. Each of several signers
 * signs, so that a receiver may change from one secret to the next.
 */
export function signatureHeaders(id: string, at: Date, body: string, signers: readonly Signer[]): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signed = `${id}.${timestamp}.${body}`
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signers.map((sign) => sign(signed)).join(' '),
  }
}
