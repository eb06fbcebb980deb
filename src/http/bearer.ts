import { type Credential, type CredentialPrefix, parseCredential } from '../domain/credential.ts'

/**
 * The credential of an `Authorization: Bearer` header (RFC 6750; the scheme's case does not matter), of one of the kinds
 * `prefixes`. Null where it is missing, malformed or mistyped: nobody needs to ask the database then.
 */
export function bearerCredential(header: string | undefined, ...prefixes: CredentialPrefix[]): Credential | null {
  const token = /^bearer +(\S+) *$/i.exec(header ?? '')?.[1]
  return token === undefined ? null : parseCredential(token, ...prefixes)
}
