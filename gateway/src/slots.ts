import { setTimeout as wait } from 'node:timers/promises'

/**
 * Time in slots of equal length, counted from 1970 and not from the start of the process: however often a gateway is started, it acts
 * once a slot. `phase`, from 0 to below 1, moves the slots, so that a thousand gateways do not act in the same moment.
 */
export interface Slots {
  everyMs: number
  phase: number
}

export function slotOf(nowMs: number, { everyMs, phase }: Slots): number {
  return Math.floor(nowMs / everyMs - phase)
}

/** How long until the next slot begins: more than 0, at most `everyMs`. */
export function msUntilNextSlot(nowMs: number, slots: Slots): number {
  return Math.max(1, Math.ceil((slotOf(nowMs, slots) + 1 + slots.phase) * slots.everyMs - nowMs))
}

/** Acts at the beginning of each slot but the present one, until `signal`. The slots may change while it runs. */
export async function atEachSlot(
  slots: () => Slots,
  now: () => Date,
  signal: AbortSignal,
  act: () => Promise<void>,
): Promise<void> {
  let slot = slotOf(now().getTime(), slots())
  while (!signal.aborted) {
    await wait(msUntilNextSlot(now().getTime(), slots()), undefined, { signal }).catch(() => {})
    const current = slotOf(now().getTime(), slots())
    // A timer may be early by the clock.
    if (signal.aborted || current === slot) continue
    slot = current
    await act()
  }
}
