import type { Context } from './context.ts'
import { signHead } from './domain/act.ts'
import { consentReceiptMail } from './email/consent-receipt.ts'
import { queueMails } from './mail.ts'
import { presentHead } from './store/acts.ts'
import { addReceipts, type ReceiptRow, receiptsWith, signReceipts } from './store/consent-receipts.ts'
import type { ConsentEvent } from './store/consents.ts'
import { toldAtOnce } from './store/coverage-digests.ts'
import type { Db } from './store/database.ts'
import { administratorsOf } from './store/members.ts'
import { writeActs } from './store/record.ts'

/** Receipts that are read at once, to be mailed. */
const receiptsAtOnce = 100

/**
 * Gives both sides a receipt of what became of consents, by mail too, in the transaction in which it did. The acts of the transaction are
 * written by that, so that the head that signs the receipts has them: it is to be the transaction's last step, for nobody else writes an act until
 * it commits (I11). `person`: who did it; null: the clock, or the vendor.
 */
export async function giveReceipts(
  context: Context,
  tx: Db,
  events: readonly ConsentEvent[],
  person: string | null,
): Promise<void> {
  const { seq: before } = await presentHead(tx)
  const ids = await addReceipts(tx, events, person)
  if (ids.length === 0) return
  await writeActs(tx)
  const head = signHead(await presentHead(tx), context.clock.now(), context.secrets.current)
  await signReceipts(tx, ids, before, head)
  for (let from = 0; from < ids.length; from += receiptsAtOnce) {
    const receipts = await receiptsWith(tx, ids.slice(from, from + receiptsAtOnce))
    for (const receipt of receipts.reverse()) await mailReceipt(context, tx, receipt)
  }
}

async function mailReceipt(context: Context, tx: Db, receipt: ReceiptRow): Promise<void> {
  const { id, event, at, customer, partner, by, kinds, endsAt, textVersion, consentId, act, head } = receipt
  const sides = [
    ['customer', customer.id],
    ['partner', partner.id],
  ] as const
  for (const [side, companyId] of sides) {
    // A partner's administrator who wants one mail a day of such things reads the receipt itself in the portal.
    const changes = [{ organizationId: customer.id, event: `consent_${event}`, at }]
    const recipients = side === 'partner' ? await toldAtOnce(tx, companyId, changes) : await administratorsOf(tx, companyId)
    const facts = {
      side,
      event,
      customer: customer.name,
      partner: partner.name,
      by: by ?? null,
      at,
      kinds,
      endsAt: endsAt ?? null,
      textVersion: textVersion ?? null,
      proof: JSON.stringify({ id, event, at, consentId, act, head }),
    }
    await queueMails(context, tx, consentReceiptMail, recipients, { companyId, facts })
  }
}
