import type { Alarm, Item } from './families.ts'

export const weekMs = 7 * 24 * 3600 * 1000

/** Clocks of two machines, and the time that a test takes, make the end of the week uncertain by so much. */
export const leewayMs = 10 * 60 * 1000

/**
 * A copy without the alarms that were cleared a week ago or about that: a list may hold them no longer while a client that
 * follows the changes still does (contract, section 4). Items that are no alarms stay.
 */
export function withinAWeek(copy: Map<string, Item>): Map<string, Item> {
  return new Map([...copy].filter(([, item]) => !isCleared(item as Alarm, Date.now() - weekMs + leewayMs)))
}

function isCleared({ clearedTime }: Partial<Alarm>, beforeMs: number): boolean {
  return clearedTime !== undefined && Date.parse(clearedTime) < beforeMs
}
