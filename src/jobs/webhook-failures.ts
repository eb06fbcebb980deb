import { tellDisabled } from '../add-deliveries.ts'
import type { Context } from '../context.ts'
import { webhookFailingMail } from '../email/webhook-failing.ts'
import { queueMails } from '../mail.ts'
import { administratorsOf } from '../store/members.ts'
import { disableWebhook } from '../store/webhook-deliveries.ts'
import { failingWebhooks, noteWarned } from '../store/webhook-health.ts'
import { dropOverflow, droppedAtOnce } from '../store/webhook-queue.ts'
import { repeatedly } from './repeatedly.ts'

const everyMs = 60_000
/** A webhook that fails for so long, while something waits for it, is disabled; its administrators are warned at 50, 70 and 90 % of it. */
export const disabledAfterMs = 5 * 24 * 60 * 60_000

/**
 * Warns of webhooks that fail, and disables those that have for too long. Each once, whichever process does. Throws away what waits for those that
 * were disabled since too much did. Returns what stops it.
 */
export function startWarningOfWebhooks(context: Context): () => Promise<void> {
  return repeatedly(
    context,
    'failing webhooks',
    async () => {
      const dropped = await dropOverflow(context.db, droppedAtOnce)
      return (await warnOfWebhooks(context)) || dropped > 0
    },
    everyMs,
  )
}

/** Warns of the webhooks that are to be warned of now, or disables them. Whether there were any. */
export async function warnOfWebhooks(context: Context): Promise<boolean> {
  const failing = await failingWebhooks(context.db.system, disabledAfterMs)
  for (const { id, percent } of failing) await warn(context, id, percent)
  return failing.length > 0
}

function warn(context: Context, id: string, percent: number): Promise<void> {
  return context.db.transaction('system', { kind: 'system' }, async (tx) => {
    const warned = await noteWarned(tx, id, percent)
    if (warned === null) return
    if (percent >= 100) {
      const disabled = await disableWebhook(tx, id, 'failing')
      if (disabled !== null) await tellDisabled(context, tx, disabled, 'failing')
      return
    }
    const { companyId, name, url, failingSince, failedForMs } = warned
    const disabledAt = new Date(context.clock.now().getTime() + disabledAfterMs - failedForMs).toISOString()
    const facts = { name, url: new URL(url).origin, failingSince, disabledAt }
    await queueMails(context, tx, webhookFailingMail, await administratorsOf(tx, companyId), { companyId, facts })
  })
}
