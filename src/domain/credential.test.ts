import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { credentialPrefixes, newCredential, parseCredential } from './credential.ts'
import { candidateHashes, hashSecret, secretFingerprint, secretMatches, serverSecrets } from './server-secrets.ts'

const source = { randomBytes: (size: number) => randomBytes(size) }
const one = 'a'.repeat(40)
const other = 'b'.repeat(40)

describe('a credential', () => {
  test('is one word for a double click, and reads back as its parts', () => {
    for (const prefix of credentialPrefixes) {
      const made = newCredential(prefix, source)
      expect(made.text).toMatch(/^[A-Za-z0-9_]+$/)
      expect(parseCredential(made.text, prefix)).toEqual(made)
    }
  })

  test('holds at least 190 random bits in its secret part', () => {
    const { secret } = newCredential('ak_live_', source)
    expect(secret.length * Math.log2(62)).toBeGreaterThanOrEqual(190)
    expect(new Set(Array.from({ length: 1000 }, () => newCredential('ak_live_', source).secret)).size).toBe(1000)
  })

  test('with any one character mistyped is refused without asking the database', () => {
    const { text } = newCredential('ak_live_', source)
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'aZ09_'), (at, character) => {
        fc.pre(text[at] !== character)
        expect(parseCredential(text.slice(0, at) + character + text.slice(at + 1), 'ak_live_')).toBeNull()
      }),
    )
  })

  test('of one API is not read as one of another', () => {
    expect(parseCredential(newCredential('gw_', source).text, 'ak_live_', 'ak_demo_')).toBeNull()
  })
})

describe('a stored secret', () => {
  test('matches its credential alone', () => {
    const secrets = serverSecrets(one)
    const made = newCredential('ak_live_', source)
    const { hash, secretName } = hashSecret(made, secrets)
    expect(secretMatches(made, hash, secretName, secrets)).toBe(true)
    expect(secretMatches(newCredential('ak_live_', source), hash, secretName, secrets)).toBe(false)
    expect(hash.toString('latin1')).not.toContain(made.secret)
  })

  test("still matches after the server's secret was changed, while the former one is given", () => {
    const made = newCredential('ak_live_', source)
    const { hash, secretName } = hashSecret(made, serverSecrets(one))
    expect(secretMatches(made, hash, secretName, serverSecrets(other, one))).toBe(true)
    expect([...candidateHashes(made, serverSecrets(other, one)).values()]).toContainEqual(hash)
    expect(secretMatches(made, hash, secretName, serverSecrets(other))).toBe(false)
  })

  test("is known by a fingerprint that differs from every hash and from the secret's name", () => {
    const [first, second] = [serverSecrets(one), serverSecrets(other)]
    expect(secretFingerprint(first.current)).not.toEqual(secretFingerprint(second.current))
    expect(secretFingerprint(first.current).toString('hex')).not.toContain(first.current.name)
  })
})
