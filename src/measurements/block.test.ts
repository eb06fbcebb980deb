import { gunzipSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newBlockToken, offsetOfToken, tokenOfOffset } from '../domain/replay-offset.ts'
import { countLines, encodeBlock, partsOf } from './block.ts'
import { crcOfBoth } from './crc32.ts'
import { type Frame, frameOf, heartbeat, memberEnd, memberHead } from './frame.ts'

const offset = offsetOfToken(newBlockToken((size) => Buffer.alloc(size, 7)))
const lines = fc
  .array(fc.record({ sensorId: fc.string({ maxLength: 10 }), numericValue: fc.double({ noNaN: true }) }), { minLength: 1 })
  .map((all) => Buffer.from(all.map((line) => `${JSON.stringify(line)}\n`).join('')))

/** What a response of these frames is, without HTTP around it. */
function memberOf(frames: readonly Frame[]): Buffer {
  let crc32 = 0
  let length = 0
  for (const frame of frames) {
    crc32 = crcOfBoth(crc32, frame.crc32, frame.shift)
    length += frame.rawLength
  }
  return Buffer.concat([memberHead, ...frames.map((frame) => frame.bytes), memberEnd(crc32, length)])
}

describe('a block', () => {
  test('has the offset on its last line, and the other lines as they were', () => {
    const encoded = encodeBlock(Buffer.from('{"a":1}\n{"a":2}\n'), 2, offset)
    const text = `{"a":1}\n{"a":2,"offset":"${offset}"}\n`
    expect(inflateRawSync(encoded.block, { finishFlush: 2 }).toString()).toBe(text)
    expect(encoded).toMatchObject({ lines: 2, rawLength: text.length })
  })

  test('stands in anybody’s gzip member: any row of blocks and heartbeats is one, with the right checksum and length', () => {
    fc.assert(
      fc.property(fc.array(fc.option(lines), { maxLength: 12 }), (all) => {
        const frames = all.map((part) => (part === null ? heartbeat : frameOf(encodeBlock(part, countLines(part), offset))))
        const read = gunzipSync(memberOf(frames)).toString()
        const wanted = all.map((part) => (part === null ? '\n' : `${part.subarray(0, -2)},"offset":"${offset}"}\n`)).join('')
        expect(read).toBe(wanted)
      }),
      { numRuns: 200 },
    )
  })

  test('is one of several where there are more lines than one holds, cut at lines alone', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 200 }), (all, bytesMax) => {
        const parts = [...partsOf(all, bytesMax)]
        expect(Buffer.concat(parts).equals(all)).toBe(true)
        for (const part of parts) {
          expect(part.at(-1)).toBe(10)
          expect(part.length <= bytesMax || countLines(part) === 1).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('an offset', () => {
  test('is 22 characters that stand in an address as they are, and one token', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bits) => {
        const token = newBlockToken(() => Buffer.from(bits))
        expect(offsetOfToken(token)).toMatch(/^[A-Za-z0-9_-]{22}$/)
        expect(tokenOfOffset(offsetOfToken(token))).toBe(token)
      }),
    )
  })

  test.each([
    '',
    'x',
    `${offset}A`,
    offset.slice(1),
    `${offset.slice(0, -1)}B`,
    `${offset.slice(0, -1)}=`,
    '../../etc/passwd......',
  ])('is refused where it is no spelling of one: %s', (text) => expect(tokenOfOffset(text)).toBeNull())
})
