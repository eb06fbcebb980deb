import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crcOfBoth, crcShift } from './crc32.ts'

const bytes = fc.uint8Array({ maxLength: 3000 })

test('the CRC of two texts put together is that which zlib finds, whatever they are', () => {
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      expect(crcOfBoth(crc32(one), crc32(other), crcShift(other.length))).toBe(crc32(Buffer.concat([one, other])))
    }),
    { numRuns: 500 },
  )
})

test('it is also that of many, and of long ones', () => {
  const long = Buffer.alloc(5_000_000, 'measured')
  const parts = [Buffer.from('a'), long, Buffer.alloc(0), Buffer.from([0, 0, 0, 0]), long.subarray(0, 4_194_304)]
  const together = parts.reduce((crc, part) => crcOfBoth(crc, crc32(part), crcShift(part.length)), 0)
  expect(together).toBe(crc32(Buffer.concat(parts)))
})
