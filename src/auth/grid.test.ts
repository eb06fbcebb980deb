import { expect, test } from 'vitest'
import { gridMs, onGrid } from './grid.ts'

/** A clock that only the work and the wait move. */
function heldClock() {
  let ms = 1_000_003
  return { now: () => new Date(ms), pass: (more: number) => void (ms += more), wait: async (more: number) => void (ms += more) }
}

test('an answer comes at the first multiple of the step by which the work is done, and so does a refusal', async () => {
  for (const [work, answered] of [
    [0, gridMs],
    [1, gridMs],
    [gridMs - 1, gridMs],
    [gridMs, 2 * gridMs],
    [gridMs + 70, 2 * gridMs],
  ] as const) {
    for (const refuses of [false, true]) {
      const clock = heldClock()
      const began = clock.now().getTime()
      const asked = onGrid(
        clock,
        async () => {
          clock.pass(work)
          if (refuses) throw new Error('refused')
          return 'done'
        },
        clock.wait,
      )
      if (refuses) await expect(asked).rejects.toThrow('refused')
      else expect(await asked).toBe('done')
      expect([work, clock.now().getTime() - began]).toEqual([work, answered])
    }
  }
})

test('a clock that is set back while it works makes nobody wait for long', async () => {
  const clock = heldClock()
  const waits: number[] = []
  await onGrid(
    clock,
    async () => clock.pass(-3_600_000),
    async (ms) => waits.push(ms),
  )
  expect(waits).toEqual([gridMs])
})
