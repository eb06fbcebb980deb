import { expect, test } from 'vitest'
import { attemptsMax, retryAfterOf, retryDelayMs } from './webhook-retries.ts'

test('ten attempts take about 75 hours, at least what the receiver asks for, with jitter', () => {
  const always = (byte: number) => ({ randomBytes: () => Buffer.alloc(4, byte) })
  const middle = { randomBytes: () => Buffer.from([0x80, 0, 0, 0]) }
  const delays = Array.from({ length: attemptsMax }, (_, nth) => retryDelayMs(nth + 1, 0, middle))
  expect(delays.at(-1)).toBeNull()
  const hours = delays.reduce<number>((sum, one) => sum + (one ?? 0), 0) / 3_600_000
  expect([delays.length, Math.round(hours)]).toEqual([10, 76])
  expect([0x00, 0xff].map((byte) => retryDelayMs(2, 0, always(byte)))).toEqual([270_000, 330_000])
  expect(retryDelayMs(1, 120_000, middle)).toBe(120_000)
  expect(retryAfterOf('120', new Date())).toBe(120_000)
  expect(retryAfterOf('Fri, 27 Nov 2026 10:00:30 GMT', new Date('2026-11-27T10:00:00Z'))).toBe(30_000)
  expect(retryAfterOf('soon', new Date())).toBe(0)
})
