import { giveReceipts } from '../consent-receipts.ts'
import type { Context } from '../context.ts'
import { consentEndingMail } from '../email/consent-ending.ts'
import { queueMails } from '../mail.ts'
import { noteOneExpired, takeReminder } from '../store/consent-dates.ts'
import type { Db } from '../store/database.ts'
import { administratorsOf } from '../store/members.ts'

/** How often dates are looked at. That a consent is over does not wait for it. */
export const consentDatesEveryMs = 60_000
/** Of each kind, in one round: what is left waits for the next. */
const atOnceMax = 1_000

/** Tells both sides of consents that have expired, with their receipts, and of those whose date comes. Any number of processes share the work. */
export async function consentDates(context: Context): Promise<void> {
  await each(context, async (tx) => {
    const events = await noteOneExpired(tx)
    if (events !== null) await giveReceipts(context, tx, events, null)
    return events !== null
  })
  await each(context, (tx) => remindOfOne(context, tx))
}

/** One transaction after the other, until one finds nothing to do. */
async function each(context: Context, work: (tx: Db) => Promise<boolean>): Promise<void> {
  for (let count = 0; count < atOnceMax; count += 1) {
    if (!(await context.db.transaction('system', { kind: 'system' }, work))) return
  }
}

async function remindOfOne(context: Context, tx: Db): Promise<boolean> {
  const ending = await takeReminder(tx)
  if (ending === null) return false
  const { customerId, customerName, partnerCompanyId, partnerName, days, kinds, endsAt } = ending
  const sides = [
    ['customer', customerId],
    ['partner', partnerCompanyId],
  ] as const
  for (const [side, companyId] of sides) {
    const facts = { side, customer: customerName, partner: partnerName, days, kinds, endsAt }
    await queueMails(context, tx, consentEndingMail, await administratorsOf(tx, companyId), { companyId, facts })
  }
  return true
}
