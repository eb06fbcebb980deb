import type { Branded } from './ids.ts'

/**
 * Where a reader of measurements stands (contract, section 5): 22 characters of base64url on the wire, 128 random bits. The other kind of
 * offset, of changes, is a number.
 */
export type ReplayOffset = Branded<string, 'ReplayOffset'>

/** An offset's bits as the database keeps them, in the form of a UUID. */
export type BlockToken = Branded<string, 'BlockToken'>

const shape = /^[A-Za-z0-9_-]{22}$/

export function newBlockToken(randomBytes: (size: number) => Buffer): BlockToken {
  return tokenOf(randomBytes(16))
}

export function offsetOfToken(token: BlockToken): ReplayOffset {
  return Buffer.from(token.replaceAll('-', ''), 'hex').toString('base64url') as ReplayOffset
}

/** The token that a caller's text stands for; null where it can be no offset of ours. */
export function tokenOfOffset(text: string): BlockToken | null {
  if (!shape.test(text)) return null
  const bytes = Buffer.from(text, 'base64url')
  // Its last character has four bits to spare: there is one spelling of an offset.
  return bytes.toString('base64url') === text ? tokenOf(bytes) : null
}

function tokenOf(bytes: Buffer): BlockToken {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as BlockToken
}
