import { deliveriesAdder } from '../add-deliveries.ts'
import type { Context } from '../context.ts'
import { deliveryDays } from '../domain/retention.ts'
import { forgetDeliveries, forgetSecrets, forgetWaiting } from '../store/webhook-deliveries.ts'
import { organizationsToTell, tellOrganization } from '../store/webhook-events.ts'
import { anybodyHearsGateways, tellCoverage, tellExpiringKeys, tellGateways } from '../store/webhook-notices.ts'
import type { DueJob } from './due-work.ts'
import { repeatedly } from './repeatedly.ts'
import { tellCoverageByMail } from './tell-coverage.ts'

const feedsEveryMs = 500
const gatewaysEveryMs = 10_000
const keysEveryMs = 60_000
/** Deliveries that are forgotten in one transaction. */
const forgottenMax = 2000

/**
 * Makes events of what has changed: of feeds from the position on where they were last made, each by one process at a time; so none is lost or made
 * twice, whoever ends when, and ingest does no more for them than to note that there is news.
 */
export function tellingWebhooks(context: Context): DueJob[] {
  const tellChanges = () =>
    tellCoverage(context.db, deliveriesAdder(context), (tx, changes) => tellCoverageByMail(context, tx, changes))
  return [
    { name: 'events of feeds', due: 'feedEvents', everyMs: feedsEveryMs, work: ({ signal }) => tellFeeds(context, signal) },
    { name: 'events of coverage', due: 'coverageEvents', work: async () => (await tellChanges()) > 0 },
  ]
}

/** The same of what nothing in the database tells: a gateway that is silent, a key that is about to end. Returns what stops it. */
export function startTellingOfTime(context: Context): () => Promise<void> {
  const stops = [
    repeatedly(context, 'events of gateways', async () => (await tellOfGateways(context)) > 0, gatewaysEveryMs),
    repeatedly(context, 'events of keys', async () => (await tellOfKeys(context)) > 0, keysEveryMs),
  ]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

/** Makes events of gateways that went offline, or came back, since they were last looked at. How many did. */
export async function tellOfGateways(context: Context): Promise<number> {
  return (await anybodyHearsGateways(context.db.system)) ? tellGateways(context.db, deliveriesAdder(context)) : 0
}

/** Makes events of keys that expire soon. How many do. */
export function tellOfKeys(context: Context): Promise<number> {
  return tellExpiringKeys(context.db, context.clock.now().toISOString(), deliveriesAdder(context))
}

/** Whether there is more: at once after a full look of which anything came; not over and over for what cannot be told now. */
async function tellFeeds(context: Context, signal: AbortSignal): Promise<boolean> {
  const { db, log } = context
  const add = deliveriesAdder(context)
  const { organizations, passed, isFull } = await organizationsToTell(db.system)
  let more = isFull && passed > 0
  for (const organization of organizations) {
    if (signal.aborted) break
    // One organization's failure is not the others'.
    await tellOrganization(db, organization, add).then(
      (became) => {
        more ||= became === 'rest' || (isFull && became === 'told')
      },
      (error: unknown) => log.error({ err: error, job: 'events of feeds', organization }, 'a job failed'),
    )
  }
  return more
}

/**
 * Forgets deliveries with their log, 30 days after they were settled, and what has waited for so long at a webhook that is not enabled; and secrets
 * that have ended.
 */
export async function forgetWebhookDeliveries(context: Context): Promise<void> {
  const { db } = context
  await forgetSecrets(db.system)
  let deliveries = 0
  const all = async (forget: () => Promise<number>) => {
    for (let gone = await forget(); gone > 0; gone = await forget()) deliveries += gone
  }
  await all(() => forgetDeliveries(db.system, deliveryDays, forgottenMax))
  await all(() => forgetWaiting(db, deliveryDays, forgottenMax))
  if (deliveries > 0) context.log.info({ deliveries }, 'webhook deliveries forgotten')
}
