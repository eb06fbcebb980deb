import type { Clock } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Rendered } from '../email/render.ts'
import { linkOfMail, oneClickStopOf, renderMail } from '../mail.ts'
import { type Outcome, type Send, smtpSend } from '../smtp.ts'
import { type ClaimedMail, claimMails, noteMailFailed, noteMailSent } from '../store/mails.ts'
import type { DueJob } from './due-work.ts'
import { type MailMetrics, mailMetrics } from './mail-metrics.ts'

const atOnceMax = 4
const sendWithinMs = 60_000
/** How long a mail is its taker's. Past it, another takes it: the taker has ended, since it gives up on sending long before. */
const leaseMs = 3 * sendWithinMs

const minuteMs = 60_000
/** After the first attempt, the second, …; the last one holds for all that follow. */
const retryAfterMs = [1, 5, 15, 60, 180].map((minutes) => minutes * minuteMs)
/** The last is about two days after the first. */
export const attemptsMax = 20
/** A delay is up to so much longer or shorter, so that mails which failed together do not come back together. */
const jitter = 0.2
/** A mail that nobody tried for so long, since there was no mail server to send it to, comes too late. */
const staleMs = 48 * 60 * minuteMs

/** How long after this attempt (1, 2, …) the next is due; null: it was the last. */
export function retryDelayMs(attempts: number, clock: Pick<Clock, 'randomBytes'>): number | null {
  if (attempts >= attemptsMax) return null
  const delay = retryAfterMs[Math.min(attempts, retryAfterMs.length) - 1] as number
  const between0And1 = clock.randomBytes(4).readUInt32BE() / 2 ** 32
  return Math.round(delay * (1 - jitter + 2 * jitter * between0And1))
}

/**
 * Sends mails as they become due, several at once, outside of any transaction. Any number of processes share the work. At least once: a
 * process that ends between sending and noting it leaves a mail that is sent again, and so does one that has to end while a mail is on its way,
 * under the same Message-ID. Without a mail server nothing is tried.
 */
export function sendingMails(context: Context): DueJob[] {
  const counted = mailMetrics(context)
  const { mail } = context.config
  if (mail === undefined) return []
  const send = smtpSend(mail.server)
  const sending = new Set<Promise<void>>()

  const deliver = async (claimed: ClaimedMail, ending: AbortSignal) => {
    const signal = AbortSignal.any([ending, AbortSignal.timeout(sendWithinMs)])
    await deliverMail(context, claimed, (mail) => send(mail, signal), counted).catch((error: unknown) =>
      context.log.error({ err: error, job: 'send mails', mail: claimed.id }, 'a job failed'),
    )
  }
  const work: DueJob['work'] = async ({ signal }) => {
    const due = await claimMails(context.db.system, atOnceMax - sending.size, leaseMs, staleMs)
    for (const claimed of due) {
      const one = deliver(claimed, signal).finally(() => sending.delete(one))
      sending.add(one)
    }
    if (sending.size === atOnceMax) await Promise.race(sending)
    return due.length > 0
  }
  return [{ name: 'send mails', due: 'mails', work, underWay: () => sending }]
}

async function deliverMail(
  context: Context,
  claimed: ClaimedMail,
  send: (mail: Parameters<Send>[0]) => Promise<Outcome>,
  counted: MailMetrics,
): Promise<void> {
  const { db, log, clock } = context
  const prepared = preparedMail(context, claimed)
  const outcome = 'error' in prepared ? ({ state: 'refused', error: prepared.error } as const) : await send(prepared)
  if (outcome.state === 'sent') {
    await noteMailSent(db.system, claimed.id)
    counted.sent()
    log.info({ mail: claimed.id, message: claimed.message }, 'mail sent')
    return
  }
  const againInMs = outcome.state === 'refused' ? null : retryDelayMs(claimed.attempts, clock)
  await noteMailFailed(db.system, claimed, outcome.error, againInMs)
  counted.failed(againInMs === null ? 'given up' : 'again later')
  log.warn({ mail: claimed.id, message: claimed.message, error: outcome.error, againInMs }, 'mail not sent')
}

/** The mail as it goes out, or why it does not. */
function preparedMail(context: Context, claimed: ClaimedMail): Parameters<Send>[0] | { error: string } {
  if (claimed.late === 'link expired') return { error: 'Its link expired before the mail could be sent.' }
  if (claimed.late === 'no longer shared')
    return { error: 'What it tells is no longer shared with its recipient, who may have chosen so.' }
  if (claimed.late === 'too old')
    return { error: 'It was written more than two days before there was a mail server to send it to.' }
  const rendered = renderedMail(context, claimed)
  if ('error' in rendered) return rendered
  const { from } = context.config.mail as NonNullable<Context['config']['mail']>
  const { stopLink, ...words } = rendered
  return {
    ...words,
    oneClickStop: stopLink === null ? null : oneClickStopOf(stopLink),
    messageId: `<${claimed.id}@${from.address.split('@')[1]}>`,
    from,
    to: claimed.recipient,
    date: context.clock.now(),
  }
}

function renderedMail(context: Context, claimed: ClaimedMail): Rendered | { error: string } {
  const link = linkOfMail(claimed, context.secrets)
  if (link === null && claimed.linkExpiresAt !== null)
    return { error: 'Its link was sealed under a secret that this server no longer has.' }
  return renderMail(context, claimed, link) ?? { error: 'This version of Assent does not know this message.' }
}
