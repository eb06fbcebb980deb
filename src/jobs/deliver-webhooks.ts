import { setTimeout as sleep } from 'node:timers/promises'
import { tellDisabled } from '../add-deliveries.ts'
import type { Context } from '../context.ts'
import {
  type ClaimedWebhook,
  claimWebhooks,
  type DueDelivery,
  type DueLimits,
  disableWebhook,
  dueDeliveries,
} from '../store/webhook-deliveries.ts'
import { releaseWebhook, type Settlement, settleDeliveries, type UnderWay } from '../store/webhook-settling.ts'
import type { AtWork, DueJob } from './due-work.ts'
import { attempt, gone } from './webhook-attempt.ts'
import { WebhookNews } from './webhook-news.ts'
import { openedSender } from './webhook-sender.ts'
import { type Begun, takeTurn, turnMs } from './webhook-turn.ts'

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
/** For how long a webhook has a place among those that answer soon. */
const soonMs = 250
/** For how long a webhook that takes what it is sent keeps its place while one of its attempts or another is slow. */
const placeMs = 60_000
/** Less than is left of a claim when an attempt ends. */
const writtenWithinMs = 8_000
/** After a failure of the database. */
const againMs = 500
/**
 * How much of a webhook goes in one turn, and how many attempts are under way at once for it: of few lanes with much in them, each has several. One that is failing is
 * tried rather than served.
 */
export const inOneTurn: TurnLimits = { atOnceMax: 16, ofLaneMax: 8, max: 128 }
const ofFailing: TurnLimits = { atOnceMax: 2, ofLaneMax: 1, max: 2 }

/**
 * Sends what is due, each webhook by one process at a time, and many webhooks at once. At least once: what a process had not written down when
 * it ended, or had to cut off, is sent again, under the same ids.
 */
export function deliveringWebhooks(context: Context): DueJob {
  const places = sorts.map((sort) => ({ ...sort, running: new Set<Promise<void>>(), slow: new Set<Promise<void>>() }))
  const name = 'webhooks'
  const failed = (error: unknown) => context.log.error({ err: error, job: name }, 'a job failed')
  const news = new WebhookNews(context)

  const work: DueJob['work'] = async (at) => {
    const free = places.map(({ notices, failing, max, running }) => ({ notices, failing, max: max - running.size }))
    const all = await claimWebhooks(context.db.system, free, leaseMs)
    for (const { notices, failing, slowMax, running, slow } of places) {
      for (const claimed of all.filter((one) => one.notices === notices && one.failing === failing)) {
        const one = deliverTo(context, claimed, news, at)
          .catch(failed)
          .finally(() => {
            clearTimeout(late)
            running.delete(one)
            slow.delete(one)
            // There may be more for it.
            at.again()
          })
        running.add(one)
        const late = setTimeout(() => {
          if (slow.size >= slowMax || !running.delete(one)) return
          slow.add(one)
          at.again()
        }, soonMs)
      }
    }
    return all.length > 0
  }
  return { name, due: 'deliveries', work, underWay: () => places.flatMap(({ running, slow }) => [...running, ...slow]) }
}

interface TurnLimits extends DueLimits {
  atOnceMax: number
}

/**
 * Sends what is due to a webhook in turns, until no attempt is under way at a turn's end. A turn waits a second at most: so an attempt that its
 * receiver leaves without an answer keeps its own lane waiting, and no other one.
 */
async function deliverTo(context: Context, claim: ClaimedWebhook, news: WebhookNews, at: AtWork): Promise<void> {
  const { webhookId } = claim
  const begun = new Map<string, Begun>()
  const ended = () => [...begun.values()].flatMap(({ settlement }) => settlement ?? [])
  const underWay = () => [...begun].flatMap(([id, one]) => (one.settlement === undefined ? [{ id, ...one }] : []))
  const attempts = () => underWay().map(({ over }) => over)
  const beganAt = performance.now()
  let takenAt: string | null = null
  let isSilent = false
  try {
    for (let claimed: ClaimedWebhook | null = claim; claimed !== null; ) {
      const current: ClaimedWebhook = claimed
      // A receiver that leaves all without an answer gives its place back once what is under way has ended, and any that has long had it.
      const isEnding = at.isStopping() || (isSilent && takenAt === null) || performance.now() - beganAt > placeMs
      const limits = claim.failing && takenAt === null ? ofFailing : inOneTurn
      const atOnceMax = isEnding ? 0 : Math.max(0, limits.atOnceMax - begun.size)
      // No more is read than the lanes that have a place could send.
      const wanted = { ...limits, max: Math.min(limits.max, atOnceMax * limits.ofLaneMax) }
      const lanes = [...begun.values()].map(({ lane }) => lane)
      const { sender, askedAt, due } = await dueOf(context, current, atOnceMax === 0 ? null : wanted, lanes).catch(
        async (error: unknown) => {
          // What is under way is to be written down all the same, or the webhook given back.
          context.log.error({ err: error, job: 'webhooks' }, 'what is due to a webhook was not read')
          await sleep(againMs)
          return { sender: null, askedAt: 0, due: [] }
        },
      )
      const isSealed = sender !== null && sender.secretIds.length === 0
      if (isSealed && due.length > 0)
        context.log.error(
          { webhook: webhookId },
          'a webhook waits: its secret is sealed under a secret that this server no longer has',
        )
      const begin = (delivery: DueDelivery) => {
        const sending = { webhookId, sender: sender as NonNullable<typeof sender>, delivery, askedAt, signal: at.signal }
        const one: Begun = {
          lane: delivery.lane,
          over: attempt(context, sending).then((settlement) => {
            one.settlement = settlement
          }),
        }
        begun.set(delivery.id, one)
        return one
      }
      const isTurn = sender !== null && !isSealed && due.length > 0
      if (isTurn) await takeTurn({ due, askedAt, atOnceMax, begin, isEnding: at.isStopping })
      if (begun.size === 0) {
        await untilWritten(context, at, () => release(context, current, isSealed))
        return
      }
      // One may have ended while the turn before was written down.
      if (!isTurn && ended().length === 0) await (atOnceMax === 0 ? Promise.race(attempts()) : news.besides(current, attempts()))
      const settled = ended()
      const rest = underWay()
      takenAt = settled.findLast(({ state }) => state === 'delivered')?.url ?? takenAt
      isSilent ||= settled.some((one) => one.attempt?.status === null && one.attempt.tookMs > turnMs)
      const kept = { ids: rest.map(({ id }) => id), lanes: rest.map(({ lane }) => lane), leaseMs, takenAt }
      claimed = await untilWritten(context, at, () => settle(context, current, settled, kept))
      for (const { id } of settled) begun.delete(id)
      if (rest.length === 0) return
    }
  } finally {
    // Another process has it by now, or what ended could not be written down: what is under way is sent again.
    await Promise.all(attempts())
  }
}

/** Gives a webhook back of which nothing is under way. */
function release(context: Context, claimed: ClaimedWebhook, isSealed: boolean): Promise<void> {
  return context.db.transaction('system', { kind: 'system' }, (tx) => releaseWebhook(tx, claimed, isSealed))
}

/** What a webhook's requests are made of, and what is due; `askedAt`: when coverage was asked, by performance.now(). */
async function dueOf(context: Context, claimed: ClaimedWebhook, limits: DueLimits | null, lanes: readonly string[]) {
  const sender = await openedSender(context, claimed.webhookId)
  const askedAt = performance.now()
  return { sender, askedAt, due: limits === null ? [] : await dueDeliveries(context.db.system, claimed, limits, lanes) }
}

/** Writes down what ended, and disables the webhook where its receiver is gone. */
function settle(
  context: Context,
  claimed: ClaimedWebhook,
  settled: readonly Settlement[],
  underWay: UnderWay,
): Promise<ClaimedWebhook | null> {
  return context.db.transaction('system', { kind: 'system' }, async (tx) => {
    const kept = await settleDeliveries(tx, claimed, settled, underWay)
    const last = settled.find(({ attempt }) => attempt?.status === gone)
    if (kept === null || last === undefined) return kept
    const disabled = await disableWebhook(tx, claimed.webhookId, 'gone', last.url)
    if (disabled !== null) await tellDisabled(context, tx, disabled, 'gone')
    return kept
  })
}

/** What was sent and is not written down is sent once more: so it is tried again for as long as the claim stands. */
async function untilWritten<Result>(context: Context, { signal }: AtWork, write: () => Promise<Result>): Promise<Result> {
  const endsAt = performance.now() + writtenWithinMs
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (signal.aborted || performance.now() > endsAt) throw error
      context.log.error({ err: error, job: 'webhooks' }, 'what became of deliveries was not written down')
      await sleep(againMs)
    }
  }
}
