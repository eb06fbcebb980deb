import type { Context } from '../context.ts'
import { coverageDigestMail } from '../email/coverage-digest.ts'
import { queueMail } from '../mail.ts'
import { forgetOrphanedChanges, takeDueDigest } from '../store/coverage-digests.ts'

export const coverageDigestsEveryMs = 5 * 60_000

/** Sends the mails of the day to those who want one of what changed in the coverage: each once, however many processes there are. */
export async function sendCoverageDigests(context: Context): Promise<void> {
  await forgetOrphanedChanges(context.db.system)
  while (await sendOne(context)) {
    // There may be another.
  }
}

function sendOne(context: Context): Promise<boolean> {
  return context.db.transaction('system', { kind: 'system' }, async (tx) => {
    const due = await takeDueDigest(tx)
    if (due === null) return false
    const { companyId, email, changes, more } = due
    if (email !== null && changes.length > 0)
      await queueMail(context, tx, coverageDigestMail, { companyId, recipient: email, facts: { changes, more } })
    return true
  })
}
