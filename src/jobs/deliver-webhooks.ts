import { tellDisabled } from '../add-deliveries.ts'
import type { Context } from '../context.ts'
import { unseal } from '../domain/sealed.ts'
import { webhookPurpose } from '../domain/webhook.ts'
import type { SigningSecret } from '../domain/webhook-signature.ts'
import { type ClaimedWebhook, claimWebhooks, disableWebhook, dueDeliveries, senderOf } from '../store/webhook-deliveries.ts'
import { releaseWebhook, type Settlement, settleDeliveries } from '../store/webhook-settling.ts'
import type { DueJob } from './due-work.ts'
import { attempt } from './webhook-attempt.ts'
import { WebhookNews } from './webhook-news.ts'

/** Longer than an attempt takes with what is written down of it: past it, another process takes the webhook. */
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

/**
 * Sends what is due, each webhook by one process at a time, and many webhooks at once. At least once: what a process had not written down when
 * it ended, or had to cut off, is sent again, under the same ids.
 */
export function deliveringWebhooks(context: Context): DueJob {
  const places = sorts.map((sort) => ({ ...sort, running: new Set<Promise<void>>(), slow: new Set<Promise<void>>() }))
  const name = 'webhooks'
  const failed = (error: unknown) => context.log.error({ err: error, job: name }, 'a job failed')
  const news = new WebhookNews(context)

  const work: DueJob['work'] = async ({ signal, again }) => {
    const free = places.map(({ notices, failing, max, running }) => ({ notices, failing, max: max - running.size }))
    const all = await claimWebhooks(context.db.system, free, leaseMs)
    for (const { notices, failing, slowMax, running, slow } of places) {
      for (const claimed of all.filter((one) => one.notices === notices && one.failing === failing)) {
        const one = deliverTo(context, claimed, news, signal)
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

/**
 * Sends what is due to a webhook in turns, until no attempt is under way at a turn's end. A turn waits a second at most: so an attempt that its
 * receiver leaves without an answer keeps its own lane waiting, and no other one.
 */
async function deliverTo(context: Context, first: ClaimedWebhook, news: WebhookNews, signal: AbortSignal): Promise<void> {
  const { db } = context
  const { webhookId } = first
  const underWay = new Map<string, Promise<void>>()
  const ended: Settlement[] = []
  let takenAt: string | null = null
  for (let claimed = first; ; ) {
    const sender = await openedSender(context, webhookId)
    const askedAt = performance.now()
    const limit = (claimed.failing ? attemptsOfFailingMax : attemptsAtOnceMax) - underWay.size
    const due = limit === 0 ? [] : await dueDeliveries(db.system, claimed, limit, [...underWay.keys()])
    const isOpen = sender !== null && sender.secrets.length > 0
    if (sender !== null && !isOpen && due.length > 0)
      context.log.error(
        { webhook: webhookId },
        'a webhook waits: its secret is sealed under a secret that this server no longer has',
      )
    const begun = !isOpen
      ? []
      : due.map((delivery) => {
          const one = attempt(context, { webhookId, ...sender, delivery, askedAt, signal }).then((settlement) => {
            underWay.delete(delivery.id)
            ended.push(settlement)
          })
          underWay.set(delivery.id, one)
          return one
        })
    if (underWay.size === 0 && ended.length === 0) {
      await db.transaction('system', { kind: 'system' }, (tx) => releaseWebhook(tx, claimed, sender !== null && !isOpen))
      return
    }
    if (begun.length > 0) await withinASecond(begun)
    // One may have ended while the turn before was written down.
    else if (ended.length === 0) await news.besides(claimed, underWay.values())
    const [settled, rest] = [ended.splice(0), [...underWay.keys()]]
    takenAt = settled.findLast(({ state }) => state === 'delivered')?.url ?? takenAt
    const kept = await db.transaction('system', { kind: 'system' }, async (tx) => {
      const mine = await settleDeliveries(tx, claimed, settled, { ids: rest, leaseMs, takenAt })
      const gone = settled.find(({ attempt }) => attempt?.status === 410)
      if (mine === null || gone === undefined) return mine
      const disabled = await disableWebhook(tx, webhookId, 'gone', gone.url)
      if (disabled !== null) await tellDisabled(context, tx, disabled, 'gone')
      return mine
    })
    if (rest.length === 0) return
    if (kept === null) {
      // Another process has it by now, and sends again what is under way.
      await Promise.all(underWay.values())
      return
    }
    claimed = kept
  }
}

/** Until all of them are over, or the turn is. */
async function withinASecond(attempts: readonly Promise<void>[]): Promise<void> {
  const over = Promise.withResolvers<void>()
  const late = setTimeout(over.resolve, slowAfterMs)
  await Promise.race([Promise.all(attempts), over.promise]).finally(() => clearTimeout(late))
}

/** What a webhook's requests are made of, with the secrets that this server can open; null: nothing is to be sent. */
async function openedSender(context: Context, webhookId: string) {
  const sender = await senderOf(context.db.system, webhookId)
  if (sender === null) return null
  const secrets = sender.secrets.flatMap(({ id, scheme, sealedSecret, secretName }): (SigningSecret & { id: string })[] => {
    const secret = unseal(sealedSecret, secretName, webhookPurpose, context.secrets)
    return secret === null ? [] : [{ id, scheme, secret }]
  })
  return { url: sender.url, format: sender.format, secrets }
}
