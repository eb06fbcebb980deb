import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

/** What a site asks a browser for; the parts that are read here. */
type Options = ReturnType<typeof JSON.parse>

/** The flags of authenticator data (WebAuthn, section 6.1): somebody was there, was recognized, and it holds a new key. */
const present = 1
const verified = 4
const attested = 64

/** An authenticator as a browser would use it, with one passkey. Without `verifies`, it does not recognize its user. */
export function softAuthenticator(origin: string, { verifies = true } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(32)
  const id = credentialId.toString('base64url')
  const rpHash = createHash('sha256').update(new URL(origin).hostname).digest()
  const flags = present | (verifies ? verified : 0)
  let counter = 0

  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const count = () => {
    counter += 1
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(counter)
    return bytes
  }
  const answer = (response: object) => ({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })

  return {
    /** The answer to a challenge for a new passkey, without attestation. */
    create: ({ challenge }: Options) => {
      const { x, y } = publicKey.export({ format: 'jwk' })
      const key = cborMap([
        [cborInt(1), cborInt(2)],
        [cborInt(3), cborInt(-7)],
        [cborInt(-1), cborInt(1)],
        [cborInt(-2), cborBytes(Buffer.from(x as string, 'base64url'))],
        [cborInt(-3), cborBytes(Buffer.from(y as string, 'base64url'))],
      ])
      const data = Buffer.concat([
        rpHash,
        Buffer.of(flags | attested),
        count(),
        Buffer.alloc(16),
        Buffer.of(0, 32),
        credentialId,
        key,
      ])
      const attestation = cborMap([
        [cborText('fmt'), cborText('none')],
        [cborText('attStmt'), cborMap([])],
        [cborText('authData'), cborBytes(data)],
      ])
      return answer({
        clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      })
    },
    /** The answer to a challenge for signing in. */
    get: ({ challenge }: Options) => {
      const data = Buffer.concat([rpHash, Buffer.of(flags), count()])
      const client = clientData('webauthn.get', challenge)
      const signed = createSign('sha256').update(data).update(createHash('sha256').update(client).digest())
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signed.sign(privateKey).toString('base64url'),
      })
    },
  }
}

/** CBOR (RFC 8949), as far as it goes here: a head of a major type and a number below 65,536. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.of((major << 5) | value)
  return value < 256 ? Buffer.of((major << 5) | 24, value) : Buffer.of((major << 5) | 25, value >> 8, value & 255)
}

const cborInt = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value))
const cborBytes = (bytes: Buffer) => Buffer.concat([head(2, bytes.length), bytes])
const cborText = (text: string) => Buffer.concat([head(3, text.length), Buffer.from(text)])
const cborMap = (entries: [Buffer, Buffer][]) => Buffer.concat([head(5, entries.length), ...entries.flat()])
