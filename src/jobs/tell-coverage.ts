import type { Context } from '../context.ts'
import { coverageChangedMail } from '../email/coverage-changed.ts'
import { queueMails } from '../mail.ts'
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
  const { companyId } = first
  const noted = told.map(({ organizationId, reason, at }) => ({ organizationId, event: reason, at }))
  const facts = { changes: told.map(({ organizationName, covered, reason, at }) => ({ organizationName, covered, reason, at })) }
  await queueMails(context, tx, coverageChangedMail, await toldAtOnce(tx, companyId, noted), { companyId, facts })
}
