import type { Context } from '../context.ts'
import { coverageChangedMail } from '../email/coverage-changed.ts'
import { queueMail } from '../mail.ts'
import type { Db } from '../store/database.ts'
import { administratorsOf } from '../store/members.ts'
import type { ToldCoverage } from '../store/webhook-notices.ts'

/** What has no mail of its own: consent, connecting and disconnecting are told by the acts themselves. */
const mailed = ['subscription_started', 'subscription_ended', 'suspended', 'resumed'] as const

/** Tells a partner's administrators which customers' data it can read from now on, or no more, as far as nobody else tells them. */
export async function tellCoverageByMail(context: Context, tx: Db, changes: readonly ToldCoverage[]): Promise<void> {
  const told = changes.flatMap((change) => {
    const reason = mailed.find((one) => one === change.reason)
    return reason === undefined || change.companyKind !== 'partner' || change.label === null
      ? []
      : [{ organizationName: change.label, covered: change.covered, reason, at: change.at }]
  })
  const [first] = changes
  if (told.length === 0 || first === undefined) return
  for (const { email } of await administratorsOf(tx, first.companyId)) {
    await queueMail(context, tx, coverageChangedMail, { companyId: first.companyId, recipient: email, facts: { changes: told } })
  }
}
