import type { Context } from '../context.ts'
import { endExpiredSessions as endExpired } from '../store/sessions.ts'

/** Of one transaction: the record of acts takes one row for each, under one lock. */
const sessionsAtOnce = 500

/** Takes sessions that have expired out of the database, and with them where and from what they were opened. */
export async function endExpiredSessions(context: Context): Promise<void> {
  for (let ended = sessionsAtOnce; ended === sessionsAtOnce; ) {
    ended = await context.db.transaction('system', { kind: 'system' }, (tx) => endExpired(tx, sessionsAtOnce))
  }
}
