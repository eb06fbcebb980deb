import type { Context } from '../context.ts'
import { keyExpires } from '../email/key-expires.ts'
import { queueMail } from '../mail.ts'
import { takeEndingKeys } from '../store/key-notices.ts'
import { administratorsOf } from '../store/members.ts'

/** Tells administrators of their keys' ends 30, 7 and 1 days ahead: a mail each, once, however many processes there are. */
export async function tellEndingKeys(context: Context): Promise<void> {
  await context.db.transaction('system', { kind: 'system' }, async (tx) => {
    for (const { companyId, ...facts } of await takeEndingKeys(tx)) {
      for (const { email } of await administratorsOf(tx, companyId)) {
        await queueMail(context, tx, keyExpires, { companyId, recipient: email, facts })
      }
    }
  })
}
