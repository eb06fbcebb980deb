import { tellDisabled } from '../add-deliveries.ts'
import type { Clock } from '../clock.ts'
import type { Context } from '../context.ts'
import { unseal } from '../domain/sealed.ts'
import { webhookPurpose } from '../domain/webhook.ts'
import { type SigningSecret, signatureHeaders } from '../domain/webhook-signature.ts'
import {
  bodyNow,
  type ClaimedWebhook,
  claimWebhooks,
  type DueDelivery,
  disableWebhook,
  dueDeliveries,
  senderOf,
} from '../store/webhook-deliveries.ts'
import { releaseWebhook, type Settlement, settleDeliveries } from '../store/webhook-settling.ts'
import type { DueJob } from './due-work.ts'

const attemptWithinMs = 15_000
/** Longer than a round of attempts takes with its two statements: past it, another process takes the webhook. */
const leaseMs = 30_000
/**
 * Webhooks that a process sends to at once. Failing ones have places of their own, what tells of coverage has, and of each those whose receivers do
 * not answer soon: they never keep others waiting.
 */
const sorts = [
  { notices: false, failing: false, max: 128, slowMax: 1024 },
  { notices: false, failing: true, max: 32, slowMax: 512 },
  { notices: true, failing: false, max: 128, slowMax: 512 },
  { notices: true, failing: true, max: 128, slowMax: 512 },
]
const slowAfterMs = 1_000
/** Attempts that are under way at once for one webhook. One that is failing is tried rather than served. */
const attemptsAtOnceMax = 16
const attemptsOfFailingMax = 2
/** Sending starts so soon after coverage was asked, or it is asked again (I2). */
const askedWithinMs = 900
/** Where that could not be asked, or the webhook is not valid any more, it is tried again after so long. */
const unaskedAgainMs = 1_000
const answerMax = 1024
const errorLengthMax = 300

const minuteMs = 60_000
/** After the first attempt, the second, …: ten attempts over about 75 hours. */
const retryAfterMs = [1 / 12, 5, 30, 120, 300, 600, 840, 1200, 1440].map((minutes) => minutes * minuteMs)
export const attemptsMax = retryAfterMs.length + 1
const jitter = 0.1
const retryAfterMaxMs = 24 * 60 * minuteMs

/** How long after this attempt (1, 2, …) the next is due, at least what the receiver asked for; null: it was the last. */
export function retryDelayMs(attempts: number, askedMs: number, clock: Pick<Clock, 'randomBytes'>): number | null {
  const delay = retryAfterMs[attempts - 1]
  if (delay === undefined) return null
  const between0And1 = clock.randomBytes(4).readUInt32BE() / 2 ** 32
  return Math.round(Math.max(delay * (1 - jitter + 2 * jitter * between0And1), Math.min(askedMs, retryAfterMaxMs)))
}

/** The milliseconds of a header Retry-After (RFC 9110, section 10.2.3): seconds, or a date; 0 where there is none. */
export function retryAfterOf(header: string | undefined, now: Date): number {
  if (header === undefined) return 0
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime())
}

/**
 * Sends what is due, each webhook by one process at a time, and many webhooks at once. At least once: what a process had not written down when
 * it ended, or had to cut off, is sent again, under the same ids.
 */
export function deliveringWebhooks(context: Context): DueJob {
  const places = sorts.map((sort) => ({ ...sort, running: new Set<Promise<void>>(), slow: new Set<Promise<void>>() }))
  const name = 'webhooks'
  const failed = (error: unknown) => context.log.error({ err: error, job: name }, 'a job failed')

  const work: DueJob['work'] = async ({ signal, again }) => {
    const free = places.map(({ notices, failing, max, running }) => ({ notices, failing, max: max - running.size }))
    const all = await claimWebhooks(context.db.system, free, leaseMs)
    for (const { notices, failing, slowMax, running, slow } of places) {
      for (const claimed of all.filter((one) => one.notices === notices && one.failing === failing)) {
        const one = deliverTo(context, claimed, signal)
          .catch(failed)
          .finally(() => {
            clearTimeout(late)
            running.delete(one)
            slow.delete(one)
            // There may be more for it.
            again()
          })
        running.add(one)
        const late = setTimeout(() => {
          if (slow.size >= slowMax || !running.delete(one)) return
          slow.add(one)
          again()
        }, slowAfterMs)
      }
    }
    return all.length > 0
  }
  return { name, due: 'deliveries', work, underWay: () => places.flatMap(({ running, slow }) => [...running, ...slow]) }
}

async function deliverTo(context: Context, claimed: ClaimedWebhook, signal: AbortSignal): Promise<void> {
  const { db, secrets } = context
  const sender = await senderOf(db.system, claimed.webhookId)
  const opened = (sender?.secrets ?? []).flatMap(({ scheme, sealedSecret, secretName }): SigningSecret[] => {
    const secret = unseal(sealedSecret, secretName, webhookPurpose, secrets)
    return secret === null ? [] : [{ scheme, secret }]
  })
  const askedAt = performance.now()
  const atOnceMax = claimed.failing ? attemptsOfFailingMax : attemptsAtOnceMax
  const due = await dueDeliveries(db.system, claimed.webhookId, claimed.notices, atOnceMax)
  if (sender === null || opened.length === 0 || due.length === 0) {
    const sealed = sender !== null && opened.length === 0
    if (sealed && due.length > 0)
      context.log.error(
        { webhook: claimed.webhookId },
        'a webhook waits: its secret is sealed under a secret that this server no longer has',
      )
    await db.transaction('system', { kind: 'system' }, (tx) => releaseWebhook(tx, claimed, sealed))
    return
  }
  let gone = false
  const settled = await Promise.all(
    due.map(async (delivery) => {
      const sent = await attempt(context, { claimed, sender, opened, delivery, askedAt, signal })
      gone ||= sent.attempt?.status === 410
      return sent
    }),
  )
  await db.transaction('system', { kind: 'system' }, async (tx) => {
    const mine = await settleDeliveries(tx, claimed, sender.url, settled)
    if (!mine || !gone) return
    const disabled = await disableWebhook(tx, claimed.webhookId, 'gone', sender.url)
    if (disabled !== null) await tellDisabled(context, tx, disabled, 'gone')
  })
}

interface Sending {
  claimed: ClaimedWebhook
  sender: { url: string; format: 'standard' | 'alarms' }
  opened: SigningSecret[]
  delivery: DueDelivery
  /** By performance.now(): before coverage was asked. */
  askedAt: number
  signal: AbortSignal
}

async function attempt(context: Context, { claimed, sender, opened, delivery, askedAt, signal }: Sending): Promise<Settlement> {
  const { id, lane, organizationId, body } = delivery
  const common = { id, lane, organizationId }
  const withheld: Settlement = { ...common, state: 'withheld', againInMs: null, attempt: null }
  if (body === null) return withheld
  const at = context.clock.now()
  const number = delivery.attempts + 1
  let now: string | null | undefined = body
  const answer = await context.outside({
    url: sender.url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(sender.format, opened, id, at, body) },
    body,
    withinMs: attemptWithinMs,
    answerMax,
    keep: true,
    signal,
    // Connecting may have taken its time.
    ready: async () => {
      // Asking may have taken its time, too.
      for (let saidAt = askedAt; !signal.aborted && performance.now() - saidAt >= askedWithinMs; ) {
        saidAt = performance.now()
        now = await bodyNow(context.db.system, claimed.webhookId, id).catch((error: unknown) => {
          // Our failure, and not the receiver's.
          context.log.error({ err: error, job: 'webhooks' }, 'coverage was not asked again')
          return undefined
        })
        if (now !== body) return false
      }
      return true
    },
  })
  if (now === null) return withheld
  const untried = (againInMs: number): Settlement => ({ ...common, state: 'waiting', againInMs, attempt: null })
  if (now === undefined) return untried(unaskedAgainMs)
  // Less of it is covered by now: it is sent anew, as that.
  if (now !== body) return untried(0)
  // This process ends: whoever takes the webhook next begins where it was.
  if (signal.aborted && answer.state !== 'answered') return untried(0)
  const made = {
    at: at.toISOString(),
    number,
    address: answer.address ?? null,
    tookMs: answer.tookMs,
    ...(answer.state === 'answered'
      ? { status: answer.status, error: null, answer: textOf(answer.body) }
      : { status: null, error: answer.error.slice(0, errorLengthMax), answer: null }),
  }
  if (answer.state === 'answered' && answer.status >= 200 && answer.status < 300) {
    return { ...common, state: 'delivered', againInMs: null, attempt: made }
  }
  const askedMs = answer.state === 'answered' ? retryAfterOf(answer.headers['retry-after'], context.clock.now()) : 0
  const againInMs = retryDelayMs(number, askedMs, context.clock)
  return { ...common, state: againInMs === null ? 'failed' : 'waiting', againInMs, attempt: made }
}

/** Answers are bytes of a stranger: what PostgreSQL's text does not hold is left out. */
function textOf(body: Buffer): string {
  return body.toString('utf8').replaceAll('\0', '')
}

function headersOf(
  format: 'standard' | 'alarms',
  opened: readonly SigningSecret[],
  id: string,
  at: Date,
  body: string,
): Record<string, string> {
  if (format === 'standard') return signatureHeaders(id, at, body, opened)
  return { 'webhook-id': id, authorization: (opened[0] as SigningSecret).secret }
}
