import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atEachSlot, msUntilNextSlot, slotOf } from './slots.ts'

test('a wait ends in the next slot, after a slot at most', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4e12 }),
      fc.integer({ min: 100, max: 86_400_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (now, everyMs, phase) => {
        const ms = msUntilNextSlot(now, { everyMs, phase })
        expect(ms).toBeGreaterThan(0)
        expect(ms).toBeLessThanOrEqual(everyMs + 1)
        // A thousandth of a millisecond is what a double leaves of such times.
        expect(slotOf(now + ms + 0.001, { everyMs, phase })).toBe(slotOf(now, { everyMs, phase }) + 1)
      },
    ),
  )
})

test('however often it is started, it acts once a slot', async () => {
  const everyMs = 200
  const acted: number[] = []
  const until = Date.now() + 1500
  while (Date.now() < until) {
    const stopping = new AbortController()
    const running = atEachSlot(
      () => ({ everyMs, phase: 0.3 }),
      () => new Date(),
      stopping.signal,
      async () => {
        acted.push(slotOf(Date.now(), { everyMs, phase: 0.3 }))
        if (acted.length % 2 === 0) stopping.abort()
      },
    )
    setTimeout(() => stopping.abort(), 330)
    await running
  }
  expect(acted.length).toBeGreaterThan(3)
  expect(new Set(acted).size).toBe(acted.length)
})
