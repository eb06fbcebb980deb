import type { Context } from '../context.ts'
import { keyExpires } from '../email/key-expires.ts'
import { queueMails } from '../mail.ts'
import { takeEndingKeys } from '../store/key-notices.ts'
import { administratorsOf } from '../store/members.ts'

/** Tells administrators of their keys' ends 30, 7 and 1 days ahead: a mail each, once, however many processes there are. */
export async function tellEndingKeys(context: Context): Promise<void> {
  await context.db.transaction('system', { kind: 'system' }, async (tx) => {
    for (const { companyId, ...facts } of await takeEndingKeys(tx)) {
      await queueMails(context, tx, keyExpires, await administratorsOf(tx, companyId), { companyId, facts })
    }
  })
}
