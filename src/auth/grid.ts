import { setTimeout } from 'node:timers/promises'
import type { Clock } from '../clock.ts'

/** Far more than what differs between an address that has an account and one that has none: a few statements and a mail's row. */
export const gridMs = 250

/**
 * Answers, or refuses, at the first multiple of `gridMs` after the start by which the work is done. So how long an answer takes tells
 * nothing of what was found: both kinds of address take the same step. `wait` resolves after so many milliseconds.
 */
export async function onGrid<Result>(
  clock: Pick<Clock, 'now'>,
  work: () => Promise<Result>,
  wait: (ms: number) => Promise<unknown> = setTimeout,
): Promise<Result> {
  const began = clock.now().getTime()
  try {
    return await work()
  } finally {
    const passed = Math.max(0, clock.now().getTime() - began)
    await wait(gridMs - (passed % gridMs))
  }
}
