import type { Context } from './context.ts'
import type { Language } from './domain/language.ts'
import { seal, unseal } from './domain/sealed.ts'
import type { ServerSecrets } from './domain/server-secrets.ts'
import type { Message } from './email/message.ts'
import { messages } from './email/messages.ts'
import { type Rendered, render } from './email/render.ts'
import { composed, frameIn } from './email/translations.ts'
import type { Db } from './store/database.ts'
import { addMail, type MailContent } from './store/mails.ts'

/** The purpose under which links in mails are sealed. */
export const linkPurpose = 'links in mails'

/** A mail to one person. `link`: where its button leads, with its secret; `expiresAt` is when that is of no use any more. */
export interface MailTo<Facts> {
  /** Whom it is about; null: a person without a company. */
  companyId: string | null
  recipient: string
  /** In which it is written where nothing is known of the recipient, which is the recipient's own where it is known; absent or null: English. */
  language?: Language | null
  facts: Facts
  link?: { url: string; expiresAt: string }
}

/** Writes a mail down in the transaction that it tells of: it is sent (src/jobs/send-mails.ts) if that commits, and only then. */
export async function queueMail<Facts>(
  { secrets, clock }: Pick<Context, 'secrets' | 'clock'>,
  tx: Db,
  message: Message<Facts>,
  { companyId, recipient, language = null, facts, link }: MailTo<Facts>,
): Promise<void> {
  const kept = link === undefined ? null : seal(link.url, linkPurpose, secrets, clock)
  await addMail(tx, {
    companyId,
    recipient,
    language,
    message: message.name,
    facts: JSON.stringify(message.facts.parse(facts)),
    sealedLink: kept?.sealed ?? null,
    secretName: kept?.secretName ?? null,
    linkExpiresAt: link?.expiresAt ?? null,
  })
}

/** Writes one mail down for each of several people, which says the same to all, to each in the language in which that one reads. */
export async function queueMails<Facts>(
  context: Pick<Context, 'secrets' | 'clock'>,
  tx: Db,
  message: Message<Facts>,
  recipients: Iterable<{ email: string }>,
  mail: Omit<MailTo<Facts>, 'recipient' | 'language'>,
): Promise<void> {
  for (const { email } of recipients) await queueMail(context, tx, message, { ...mail, recipient: email })
}

/** Where the button of a mail leads. Null: it has no link, it is gone, or it was sealed under a secret that the server no longer has. */
export function linkOfMail(
  { sealedLink, secretName }: Pick<MailContent, 'sealedLink' | 'secretName'>,
  secrets: ServerSecrets,
): string | null {
  return sealedLink === null || secretName === null ? null : unseal(sealedLink, secretName, linkPurpose, secrets)
}

/**
 * A mail's words in its language, as text and HTML, with this link behind its button; null where this version does not know the message. The vendor is not told what a
 * mail says of device data.
 */
export function renderMail(
  { config }: Pick<Context, 'config'>,
  { message, facts, language }: Pick<MailContent, 'message' | 'facts' | 'language'>,
  link: string | null,
  reader: 'recipient' | 'vendor' = 'recipient',
): Rendered | null {
  const portal = { name: config.portalName, url: config.url }
  const frame = frameIn(language)
  // Of what tells of device data nothing is kept once it is sent.
  const forgotten = typeof facts === 'object' && facts !== null && Object.keys(facts).length === 0
  if (messages.get(message)?.ofDeviceData && (reader === 'vendor' || forgotten)) {
    const { subject, text } = frame.ofDeviceData
    return render({ subject, before: [text] }, null, portal, frame)
  }
  const words = composed(message, facts, portal, language)
  return words === null ? null : render(words, link, portal, frame)
}

/** Where a mail program stops mails by one POST, of the page's address that does so for people: what is secret stands behind its #. */
export function oneClickStopOf(stopLink: string): string {
  const { origin, pathname, hash } = new URL(stopLink)
  const base = pathname.slice(0, pathname.lastIndexOf('/'))
  return `${origin}${base}/api/v1/alarm-mails/stops?token=${encodeURIComponent(hash.slice(1))}`
}
