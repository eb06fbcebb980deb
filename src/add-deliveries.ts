import type { Context } from './context.ts'
import { newDeliveryId } from './domain/webhook-events.ts'
import { webhookDisabledMail } from './email/webhook-failing.ts'
import { queueMails } from './mail.ts'
import type { Db } from './store/database.ts'
import { administratorsOf } from './store/members.ts'
import { type AddDeliveries, addDeliveries, type DisabledWebhook } from './store/webhook-queue.ts'

/** Adds events for webhooks, in the transaction that makes them; where too many wait then, a webhook is disabled, and its administrators are told (I9). */
export function deliveriesAdder(context: Context): AddDeliveries {
  const { clock, config } = context
  return async (tx, deliveries) => {
    const overflown = await addDeliveries(tx, deliveries, () => newDeliveryId(clock), config.webhookWaitingMax)
    for (const webhook of overflown) await tellDisabled(context, tx, webhook, 'overflowing')
  }
}

/** Tells the administrators of its company that a webhook was disabled. */
export async function tellDisabled(
  context: Context,
  tx: Db,
  { companyId, name, url }: DisabledWebhook,
  reason: 'failing' | 'gone' | 'overflowing',
): Promise<void> {
  const facts = { name, url: new URL(url).origin, reason }
  await queueMails(context, tx, webhookDisabledMail, await administratorsOf(tx, companyId), { companyId, facts })
}
