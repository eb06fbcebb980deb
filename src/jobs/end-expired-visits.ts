import type { Context } from '../context.ts'
import { endExpiredVisits as endVisits } from '../store/visits.ts'

/** How soon the record says that a visit is over. That it is does not wait for it. */
export const expiredVisitsEveryMs = 60_000

/** Ends the vendor's visits whose time is over. Any number of processes share the work. */
export async function endExpiredVisits({ db }: Context): Promise<void> {
  await db.transaction('system', { kind: 'system' }, endVisits)
}
