const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/**
 * `length` base62 characters, each drawn evenly: bytes of 248 and above are thrown away, since 248 = 4 * 62.
 * A character carries 5.95 bits.
 */
export function randomBase62(length: number, randomBytes: (size: number) => Uint8Array): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length)) {
      if (byte < 248) text += alphabet[byte % 62]
    }
  }
  return text
}

/** A whole number from 0 in base62, filled with zeros to `length`. */
export function base62Of(value: number, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest = Math.floor(rest / 62)) text = alphabet[rest % 62] + text
  return text
}
