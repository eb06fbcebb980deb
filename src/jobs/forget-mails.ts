import type { Context } from '../context.ts'
import { mailDays } from '../domain/retention.ts'
import { forgetMails as forget } from '../store/mails.ts'

/** Forgets mails that were kept for long enough, and links that are over. */
export async function forgetMails(context: Context): Promise<void> {
  const mails = await forget(context.db.system, mailDays)
  if (mails > 0) context.log.info({ mails }, 'mails forgotten')
}
