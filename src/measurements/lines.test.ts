import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newBlockToken, offsetOfToken } from '../domain/replay-offset.ts'
import { encodeBlock } from './block.ts'
import { readMeasurements, SensorOrder } from './lines.ts'

const acceptedMs = Date.parse('2026-03-01T12:00:00.000Z')

interface Sent {
  sensorId: string
  at: number
  value: number | string
}

function blockOf(lines: readonly Sent[]) {
  const text = lines.map(({ sensorId, at, value }) => {
    const property = typeof value === 'number' ? 'numericValue' : 'stringValue'
    return `{"sensorId":"${sensorId}","timestamp":"${new Date(at).toISOString()}","${property}":${JSON.stringify(value)}}\n`
  })
  const encoded = encodeBlock(Buffer.from(text.join('')), lines.length, offsetOfToken(newBlockToken(randomBytes)))
  return { acceptedAt: acceptedMs / 1000, block: encoded.block }
}

function readFrom(block: ReturnType<typeof blockOf>, options?: Parameters<typeof readMeasurements>[2]): Sent[] {
  const read: Sent[] = []
  readMeasurements(block, (sensorId, at, value) => read.push({ sensorId, at, value }), options)
  return read
}

/** Sensors in any order, numbers as gateways have them and any others, texts with all that JSON escapes. */
const sent = fc.record({
  sensorId: fc.constantFrom('abcdef1', 'abcdef11', 'abcdef2', 'zzzzzz1'),
  at: fc.integer({ min: acceptedMs - 3_600_000, max: acceptedMs }),
  value: fc.oneof(
    fc
      .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 4 }))
      .map(([number, digits]) => number / 10 ** digits),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
    fc.string({ minLength: 1, unit: 'grapheme' }),
  ),
})

test('measurements are read as they were written, to the last bit, whatever came before', () => {
  const order = new SensorOrder()
  fc.assert(
    fc.property(fc.array(sent, { minLength: 1, maxLength: 30 }), (lines) => {
      const block = blockOf(lines)
      expect(readFrom(block)).toEqual(lines)
      expect(readFrom(block, { order })).toEqual(lines)
      const only = new Set(['abcdef1'])
      expect(readFrom(block, { only, order })).toEqual(lines.filter(({ sensorId }) => only.has(sensorId)))
    }),
  )
})

test('a number with more digits than a float64 holds is the nearest', () => {
  for (const digits of ['0.1234567890123456789', '123456789012345678', '-9007199254740993', '0.30000000000000004', '-0.1']) {
    const text = `{"sensorId":"abcdef1","timestamp":"${new Date(acceptedMs).toISOString()}","numericValue":${digits}}\n`
    const { block } = encodeBlock(Buffer.from(text), 1, offsetOfToken(newBlockToken(randomBytes)))
    expect(readFrom({ acceptedAt: acceptedMs / 1000, block }).map(({ value }) => value)).toEqual([Number(digits)])
  }
})
