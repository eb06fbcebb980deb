import type { Context } from '../context.ts'
import { newDeliveryId } from '../domain/webhook-events.ts'
import { forgetDeliveries } from '../store/webhook-deliveries.ts'
import { feedsToTell, tellFeed } from '../store/webhook-events.ts'
import { anybodyHearsGateways, tellCoverage, tellExpiringKeys, tellGateways } from '../store/webhook-notices.ts'
import { repeatedly } from './repeatedly.ts'
import { tellCoverageByMail } from './tell-coverage.ts'

const feedsEveryMs = 500
const coverageEveryMs = 250
const gatewaysEveryMs = 10_000
const keysEveryMs = 60_000
/** How long what was settled is kept. */
const logDays = 30

/**
 * Makes events of what has changed: of feeds from the position on where they were last made, each by one process at a time; so ingest does
 * nothing for them, and none is lost or made twice, whoever ends when. Returns what stops it.
 */
export function startTellingWebhooks(context: Context): () => Promise<void> {
  const { db, clock } = context
  const newId = () => newDeliveryId(clock)
  const stops = [
    repeatedly(context, 'events of feeds', () => tellFeeds(context, newId), feedsEveryMs),
    repeatedly(
      context,
      'events of coverage',
      async () => (await tellCoverage(db, newId, (tx, changes) => tellCoverageByMail(context, tx, changes))) > 0,
      coverageEveryMs,
    ),
    repeatedly(
      context,
      'events of gateways',
      async () => (await anybodyHearsGateways(db.system)) && (await tellGateways(db, newId)) > 0,
      gatewaysEveryMs,
    ),
    repeatedly(
      context,
      'events of keys',
      async () => (await tellExpiringKeys(db, clock.now().toISOString(), newId)) > 0,
      keysEveryMs,
    ),
  ]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

async function tellFeeds({ db, log }: Context, newId: () => string): Promise<boolean> {
  let more = false
  for (const feed of await feedsToTell(db.system)) {
    // One feed's failure is not the others'.
    await tellFeed(db, feed, newId).then(
      (rest) => {
        more ||= rest
      },
      (error: unknown) => log.error({ err: error, job: 'events of feeds', ...feed }, 'a job failed'),
    )
  }
  return more
}

/** Forgets deliveries with their log, 30 days after they were settled. */
export async function forgetWebhookDeliveries(context: Context): Promise<void> {
  const deliveries = await forgetDeliveries(context.db.system, logDays)
  if (deliveries > 0) context.log.info({ deliveries }, 'webhook deliveries forgotten')
}
