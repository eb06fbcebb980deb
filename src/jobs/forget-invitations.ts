import type { Context } from '../context.ts'
import { forgetInvitations as forget } from '../store/invitations.ts'

/** How long an invitation that was accepted, revoked or has expired is kept: it names people. */
export const endedInvitationDays = 30

/** Forgets invitations that ended long enough ago, with the addresses that they name. */
export async function forgetInvitations(context: Context): Promise<void> {
  const invitations = await context.db.transaction('system', { kind: 'system' }, (tx) => forget(tx, endedInvitationDays))
  if (invitations > 0) context.log.info({ invitations }, 'ended invitations forgotten')
}
