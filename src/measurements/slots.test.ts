import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addTo, emptyHour, hourMs, readHour, slotMs, storedHour } from './slots.ts'

const beginsAt = Date.parse('2026-03-01T10:00:00.000Z')
const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -50, max: 50 }),
  fc.constantFrom('on', 'off', 'läuft', '電源', 'x'.repeat(200)),
)
const measured = fc.array(fc.record({ at: fc.integer({ min: 0, max: hourMs - 1 }), value }), { maxLength: 60 })

test('an hour is read as it was stored, and can be added to as if it had never been', () => {
  fc.assert(
    fc.property(measured, measured, (before, after) => {
      const whole = emptyHour()
      for (const { at, value } of [...before, ...after]) addTo(whole, beginsAt + at, value)
      const first = emptyHour()
      for (const { at, value } of before) addTo(first, beginsAt + at, value)
      const second = readHour(storedHour(first), beginsAt)
      expect(second).toEqual(first)
      for (const { at, value } of after) addTo(second, beginsAt + at, value)
      expect(second).toEqual(whole)
      expect(storedHour(second).equals(storedHour(whole))).toBe(true)
    }),
  )
})

test('a slot has what its measurements say, the last by their times, of two at once the later in the log', () => {
  const hour = emptyHour()
  addTo(hour, beginsAt + slotMs + 5, 3)
  addTo(hour, beginsAt + slotMs + 9, 8)
  addTo(hour, beginsAt + slotMs + 7, -1)
  addTo(hour, beginsAt + slotMs + 9, 4)
  addTo(hour, beginsAt + 2 * slotMs - 1, 'off')
  addTo(hour, beginsAt + slotMs, 'on')
  const numbers = { count: 4, sum: 14, minimum: -1, maximum: 8, last: 4, lastAt: beginsAt + slotMs + 9 }
  expect(hour).toEqual([null, { numbers, text: { value: 'off', at: beginsAt + 2 * slotMs - 1 } }, ...Array(10).fill(null)])
})

test('a sensor that is read every 5 minutes takes 168 bytes an hour', () => {
  const hour = emptyHour()
  for (let place = 0; place < 12; place += 1) addTo(hour, beginsAt + place * slotMs + 1234, 21.5)
  expect(storedHour(hour)).toHaveLength(168)
})
