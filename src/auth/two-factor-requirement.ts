import type { Context } from '../context.ts'
import { twoFactorRequiredMessage } from '../email/two-factor-required.ts'
import { queueMails } from '../mail.ts'
import { requiresTwoFactor, withoutTwoFactor } from '../store/accounts.ts'
import { lockCompany } from '../store/companies.ts'
import type { Db } from '../store/database.ts'
import { companyName } from '../store/members.ts'

/**
 * Makes a change of a company, and where it requires a second factor since then, tells the members who have none. `tx`: of the system, which may read who has
 * what. Answers what the change does.
 */
export async function tellingWhoNeedsTwoFactor<Answer>(
  context: Context,
  tx: Db,
  company: string,
  change: () => Promise<Answer>,
): Promise<Answer> {
  // So that of two who require it at once, the second finds it required.
  await lockCompany(tx, company)
  const before = await requiresTwoFactor(tx, company)
  const answer = await change()
  if (before || !(await requiresTwoFactor(tx, company))) return answer
  const facts = { company: await companyName(tx, company) }
  await queueMails(context, tx, twoFactorRequiredMessage, await withoutTwoFactor(tx, company), { companyId: company, facts })
  return answer
}
