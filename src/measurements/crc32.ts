import { crc32 } from 'node:zlib'

/**
 * CRC-32 of texts put together, from the CRC-32 of each (RFC 1952, section 8), without reading them again. A CRC is a polynomial over
 * GF(2) modulo P, its highest power in the lowest bit; to put n bytes behind it is to multiply it by x^(8n).
 */
const P = 0xedb88320

/** x^0. */
const one = 0x80000000

/** The product of two polynomials modulo P. */
function product(a: number, b: number): number {
  let sum = 0
  let shifted = b
  for (let bit = one, left = a; left !== 0; bit >>>= 1) {
    if (left & bit) {
      sum ^= shifted
      left &= ~bit
    }
    shifted = shifted & 1 ? (shifted >>> 1) ^ P : shifted >>> 1
  }
  return sum >>> 0
}

/** x^(2^k), for k from 0 to 31. */
const squares: number[] = [one >>> 1]
for (let k = 1; k < 32; k += 1) squares.push(product(squares[k - 1] as number, squares[k - 1] as number))

/** What a CRC is multiplied by when `bytes` bytes (below 2^29) come behind it. Made once for a block, used for each of its readers. */
export function crcShift(bytes: number): number {
  let power = one
  for (let left = bytes, k = 3; left !== 0; left >>>= 1, k += 1) {
    if (left & 1) power = product(squares[k] as number, power)
  }
  return power
}

/** The CRC-32 of a text whose first part has the CRC `first`, and whose second has `second`; `shift` is crcShift of the second's length. */
export function crcOfBoth(first: number, second: number, shift: number): number {
  return (product(shift, first) ^ second) >>> 0
}

export { crc32 }
