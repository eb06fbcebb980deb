import type { Context } from '../context.ts'
import { coverageChangedMail } from '../email/coverage-changed.ts'
import { queueMail } from '../mail.ts'
import { mailedReasons, toldAtOnce } from '../store/coverage-digests.ts'
import type { Db } from '../store/database.ts'
import type { ToldCoverage } from '../store/webhook-notices.ts'

/**
 * Tells a partner's administrators which customers' data it can read from now on, or no more, as far as nobody else tells them: consents, connecting
 * and disconnecting are told by the acts themselves. Whoever wants one mail a day is told by that (coverage-digests.ts).
 */
export async function tellCoverageByMail(context: Context, tx: Db, changes: readonly ToldCoverage[]): Promise<void> {
  const told = changes.flatMap((change) => {
    const reason = mailedReasons.find((one) => one === change.reason)
    return reason === undefined || change.companyKind !== 'partner' || change.label === null
      ? []
      : [{ ...change, organizationName: change.label, reason }]
  })
  const [first] = told
  if (first === undefined) return
  const noted = told.map(({ organizationId, reason, at }) => ({ organizationId, event: reason, at }))
  const facts = { changes: told.map(({ organizationName, covered, reason, at }) => ({ organizationName, covered, reason, at })) }
  for (const { email } of await toldAtOnce(tx, first.companyId, noted)) {
    await queueMail(context, tx, coverageChangedMail, { companyId: first.companyId, recipient: email, facts })
  }
}
