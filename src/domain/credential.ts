import { crc32 } from 'node:zlib'
import { base62Of, randomBase62 } from './base62.ts'

/**
 * What each kind of secret text begins with, so that people and secret scanners know it: keys of the device-data API (live,
 * demo), access tokens of the management API, gateway tokens, set-up links, invitations of a co-worker and of a customer.
 */
export const credentialPrefixes = ['ak_live_', 'ak_demo_', 'at_', 'gw_', 'su_', 'in_', 'ci_'] as const
export type CredentialPrefix = (typeof credentialPrefixes)[number]

/** A secret text taken apart: prefix, id (12 characters: the row's look-up), secret (33: 196 bits), CRC32 of all that (6). */
export interface Credential {
  prefix: CredentialPrefix
  id: string
  secret: string
  text: string
}

const idLength = 12
const secretLength = 33
const checkLength = 6
const shape = new RegExp(
  `^(${credentialPrefixes.join('|')})([0-9A-Za-z]{${idLength}})([0-9A-Za-z]{${secretLength}})([0-9A-Za-z]{${checkLength}})$`,
)

export function newCredential(prefix: CredentialPrefix, source: { randomBytes(size: number): Uint8Array }): Credential {
  const draw = (length: number) => randomBase62(length, (size) => source.randomBytes(size))
  const id = draw(idLength)
  const secret = draw(secretLength)
  return { prefix, id, secret, text: prefix + id + secret + checkOf(prefix + id + secret) }
}

/** The parts of a secret text; null where it is malformed, mistyped (its check differs) or of another kind than `prefixes`. */
export function parseCredential(text: string, ...prefixes: CredentialPrefix[]): Credential | null {
  const [, prefix, id, secret, check] = shape.exec(text) ?? []
  if (prefix === undefined || id === undefined || secret === undefined) return null
  if (!prefixes.includes(prefix as CredentialPrefix) || check !== checkOf(prefix + id + secret)) return null
  return { prefix: prefix as CredentialPrefix, id, secret, text }
}

function checkOf(text: string): string {
  return base62Of(crc32(text), checkLength)
}
