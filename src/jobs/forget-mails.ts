import type { Context } from '../context.ts'
import { forgetMails as forget } from '../store/mails.ts'

/** How long mails are kept, for the vendor to look at: they name people. */
export const mailDays = 30

/** Forgets mails that were kept for long enough, and links that are over. */
export async function forgetMails(context: Context): Promise<void> {
  const mails = await forget(context.db.system, mailDays)
  if (mails > 0) context.log.info({ mails }, 'mails forgotten')
}
