import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { z } from 'zod'
import { derivedKey, type ServerSecret } from './server-secrets.ts'
import { instant } from './text.ts'

const hexDigest = z.string().regex(/^[0-9a-f]{64}$/)

export const act = z
  .object({
    seq: z.int(),
    at: instant,
    verb: z.string(),
    record: z.string().describe('The act as JSON text, to be hashed as it stands.'),
    previous: hexDigest,
    digest: hexDigest.describe('sha256(previous, as 32 bytes, || record).'),
    withheld: z
      .literal(true)
      .optional()
      .describe(
        "The record says besides what a device or location was called, or what stands behind the server in a webhook's address, which is not for you to see: so this one does not make the digest. verifyActs recomputes it.",
      ),
    personal: z
      .object({ salt: z.string(), data: z.string() })
      .optional()
      .describe(
        'Its personal data: sha256(salt || data) is "personal" in the record. Absent: erased, or of another company too.',
      ),
  })
  .meta({ id: 'Act', description: 'Who did what, when, from where.' })
export type Act = z.infer<typeof act>

export const actHead = z
  .object({
    seq: z.int(),
    digest: hexDigest,
    at: instant,
    signature: z.string().describe('Ed25519 over "assent acts\\n<seq>\\n<digest>\\n<at>", hex.'),
    publicKey: z.string().describe('Hex.'),
  })
  .meta({ id: 'ActHead', description: 'The newest act and its digest, signed with a key that is not in the database.' })
export type ActHead = z.infer<typeof actHead>

/** PKCS #8 around an Ed25519 seed (RFC 8410, section 7). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const spkiPrefixLength = 12

/** The key that signs heads, made of the server's secret: whoever has the database alone cannot sign (I11). */
function headKey(secret: ServerSecret): KeyObject {
  return createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, derivedKey(secret, 'record of acts')]),
    format: 'der',
    type: 'pkcs8',
  })
}

/** What verifies those signatures, hex. */
export function publicHeadKey(secret: ServerSecret): string {
  return createPublicKey(headKey(secret)).export({ format: 'der', type: 'spki' }).subarray(spkiPrefixLength).toString('hex')
}

export function signHead(head: { seq: number; digest: string }, at: Date, secret: ServerSecret): ActHead {
  const moment = at.toISOString()
  const signature = sign(null, Buffer.from(`assent acts\n${head.seq}\n${head.digest}\n${moment}`), headKey(secret)).toString(
    'hex',
  )
  return { ...head, at: moment, signature, publicKey: publicHeadKey(secret) }
}
