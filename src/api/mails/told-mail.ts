import type { Context } from '../../context.ts'
import type { Mail } from '../../domain/mail.ts'
import type { Rendered } from '../../email/render.ts'
import { renderMail } from '../../mail.ts'
import type { MailRow } from '../../store/mails.ts'
import { present } from '../../store/present.ts'

/** A mail as the vendor is told of it, and its words with this link; null: this version does not know the message. */
export function toldMail(context: Context, row: MailRow, link: string | null): { told: Mail; rendered: Rendered | null } {
  const { message, facts, sealedLink, secretName, linkExpiresAt, state, nextAttemptAt, ...own } = row
  const rendered = renderMail(context, row, link, context.isWorldToTry ? 'recipient' : 'vendor')
  const sends = context.config.mail !== undefined
  const told = {
    ...present(own),
    subject: rendered?.subject ?? message,
    state: state !== 'due' ? state : sends ? ('waiting' as const) : ('kept' as const),
    ...(sends && nextAttemptAt !== null ? { nextAttemptAt } : {}),
  }
  return { told, rendered }
}
