import { crc32 } from 'node:zlib'
import { base62Of, randomBase62 } from './base62.ts'

/**
 * What each kind of secret text begins with, so that people and secret scanners know it: keys of the device-data API (live,
 * demo), access tokens of the management API, gateway tokens, set-up links, invitations of a co-worker and of a customer,
 * licence keys.
 */
export const credentialPrefixes = ['ak_live_', 'ak_demo_', 'at_', 'gw_', 'su_', 'in_', 'ci_', 'lk_'] as const
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

interface RandomSource {
  randomBytes(size: number): Uint8Array
}

export function newCredential(prefix: CredentialPrefix, source: RandomSource): Credential {
  return renewedCredential(prefix, drawn(idLength, source), source)
}

/** Another secret for the row with this id. */
export function renewedCredential(prefix: CredentialPrefix, id: string, source: RandomSource): Credential {
  const secret = drawn(secretLength, source)
  return { prefix, id, secret, text: prefix + id + secret + checkOf(prefix + id + secret) }
}

/** The parts of a secret text; null where it is malformed, mistyped (its check differs) or of another kind than `prefixes`. */
export function parseCredential(text: string, ...prefixes: CredentialPrefix[]): Credential | null {
  const [, prefix, id, secret, check] = shape.exec(text) ?? []
  if (prefix === undefined || id === undefined || secret === undefined) return null
  if (!prefixes.includes(prefix as CredentialPrefix) || check !== checkOf(prefix + id + secret)) return null
  return { prefix: prefix as CredentialPrefix, id, secret, text }
}

function drawn(length: number, source: RandomSource): string {
  return randomBase62(length, (size) => source.randomBytes(size))
}

function checkOf(text: string): string {
  return base62Of(crc32(text), checkLength)
}
