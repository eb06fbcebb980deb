import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The forms in which a secret could be written down: as it is, in hex, URL-encoded, and in base64 wherever in a longer text it began. */
export function formsOf(secret: string): Buffer[] {
  const bytes = Buffer.from(secret, 'utf8')
  const hex = bytes.toString('hex')
  return [secret, hex, hex.toUpperCase(), encodeURIComponent(secret), ...base64Of(bytes)].map((form) => Buffer.from(form))
}

/** Three bytes make four characters, so there are three ways to begin; characters that depend on what surrounds the secret are left out. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const own = whole.replace(/=+$/, '').slice([0, 2, 3][before], -1)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

export function freePort(): Promise<number> {
  const free = createServer()
  return new Promise((resolve) => {
    free.listen(0, '127.0.0.1', () => {
      const { port } = free.address() as AddressInfo
      free.close(() => resolve(port))
    })
  })
}

/** The secret part of a credential, with its check: prefix and id are no secret. */
export function secretPart(credential: string): string {
  return credential.slice(-39)
}

/** Where a secret may stand in clear, in the data directory: what is there for its owner to read. */
export const forOwners: Record<string, string[]> = {
  'cli-token': ['command line token'],
  secret: ["server's secret"],
  'world.json': ['world'],
}

/** What a text of RFC 4648's base32 stands for. */
export function bytesOfBase32(text: string): number[] {
  const bits = [...text].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0')).join('')
  return (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
}
