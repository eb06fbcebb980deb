import type { Server } from 'node:http'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { startDemoLife } from '../demo/demo-life.ts'
import { startDemoMeasurements } from '../demo/demo-measurements.ts'
import { worldAtStart } from '../demo/world-at-start.ts'
import { readWorld } from '../demo/world-file.ts'
import { startWorldLife } from '../demo/world-life.ts'
import { deviceDataApi } from './api/device-data.ts'
import { ingestApi } from './api/ingest.ts'
import { managementApi } from './api/management-api.ts'
import { ensureInstallationToken } from './auth/installation-token.ts'
import { vendorSetupLink } from './auth/vendor.ts'
import { type Clock, systemClock } from './clock.ts'
import { collectGarbage } from './collect-garbage.ts'
import { type Config, helpText, readConfig } from './config.ts'
import type { Context } from './context.ts'
import { serverSecrets } from './domain/server-secrets.ts'
import { AccessRecord } from './http/access-record.ts'
import { lastUse } from './http/last-use.ts'
import { limits } from './http/limits.ts'
import { metrics, serveMetrics } from './http/metrics.ts'
import { SeenKeys } from './http/seen-keys.ts'
import { buildServer } from './http/server.ts'
import { consentDates, consentDatesEveryMs } from './jobs/consent-dates.ts'
import { coverageDigestsEveryMs, sendCoverageDigests } from './jobs/coverage-digests.ts'
import { deliveringWebhooks } from './jobs/deliver-webhooks.ts'
import { startDueWork } from './jobs/due-work.ts'
import { endExpiredSessions } from './jobs/end-expired-sessions.ts'
import { endExpiredVisits, expiredVisitsEveryMs } from './jobs/end-expired-visits.ts'
import { forgetCompanies } from './jobs/forget-companies.ts'
import { forgetInvitations } from './jobs/forget-invitations.ts'
import { forgetMails } from './jobs/forget-mails.ts'
import { hourly } from './jobs/hourly.ts'
import { keepingCoverage } from './jobs/keep-coverage.ts'
import { mailingAlarms } from './jobs/mail-alarms.ts'
import { keepMeasurementPartitions, measurementDays } from './jobs/measurement-days.ts'
import { purge } from './jobs/purge.ts'
import { startRollUps } from './jobs/roll-ups.ts'
import { sendingMails } from './jobs/send-mails.ts'
import { signHead } from './jobs/sign-head.ts'
import { tellEndingKeys } from './jobs/tell-ending-keys.ts'
import { forgetWebhookDeliveries, startTellingOfTime, tellingWebhooks } from './jobs/tell-webhooks.ts'
import { vacuum } from './jobs/vacuum.ts'
import { startWarningOfWebhooks } from './jobs/webhook-failures.ts'
import { openLog } from './log.ts'
import { Appender } from './measurements/appender.ts'
import { measurementMetrics } from './measurements/metrics.ts'
import { SensorNames } from './measurements/sensor-names.ts'
import { Streams } from './measurements/streams.ts'
import { Threads } from './measurements/threads.ts'
import { outsideAsk } from './outside/ask.ts'
import { secretOfDirectory } from './secret-file.ts'
import { whyNotStarted } from './start-failure.ts'
import { ArchiveError, readArchive } from './store/archive.ts'
import type { Database } from './store/database.ts'
import { Glances } from './store/glances.ts'
import { migrate } from './store/migrate.ts'
import { openPostgres } from './store/postgres.ts'
import { type Restored, restoreBackup } from './store/restore.ts'
import { checkServerSecrets } from './store/server-secrets.ts'

/** How long a shutdown waits for requests under way, before it cuts their connections. */
const requestsWithinMs = 10_000
/** How long all of a shutdown may take. */
const closeWithinMs = 15_000

/** A running server. */
export interface Running {
  url: string
  context: Context
  /** What to tell whoever started it. */
  greeting: string
  /** Lets requests finish, stops the jobs, closes the database. */
  close(): Promise<void>
}

/** Starts all there is: config → database → jobs → http. Throws what a person can act on, with nothing left open. */
export async function start(
  config: Config,
  clock: Clock = systemClock,
  open: () => Promise<Database> = () => openDatabase(config),
): Promise<Running> {
  const db = await open()
  const stops: (() => unknown)[] = [() => db.close()]
  let streams: Context['streams'] | undefined
  const close = async () => {
    // Readers are told first, whatever the jobs still have to finish.
    streams?.close()
    const failures: unknown[] = []
    for (const stop of stops.splice(0).reverse()) {
      // Within the promise: one that throws at once must not keep the rest from being stopped either.
      await Promise.resolve()
        .then(stop)
        .catch((error) => failures.push(error))
    }
    if (failures.length > 0) throw failures[0]
  }
  try {
    await migrate(db)
    await keepMeasurementPartitions(db)
    const context = await contextOf(config, clock, db)
    streams = context.streams
    stops.push(
      () => context.threads.close(),
      () => context.lastUse.close(),
      () => context.accesses.close(),
      () => context.appender.close(),
    )
    await context.accesses.start()
    const server = buildServer(context)
    deviceDataApi(server, context)
    managementApi(server, context)
    ingestApi(server, context)
    await server.listen({ host: config.host, port: config.port })
    stops.push(() => closedInTime(server))
    if (config.port === 0)
      context.config = { ...config, url: `http://localhost:${(server.server.address() as { port: number }).port}` }
    const greeting = await greet(context)
    await ensureInstallationToken(context)
    await signHead(context)
    stops.push(
      hourly(context, 'expired sessions', endExpiredSessions),
      hourly(context, 'installation token', ensureInstallationToken),
      hourly(context, 'signed head', signHead),
      hourly(context, 'purge', purge),
      hourly(context, 'vacuum', vacuum),
      hourly(context, 'measurement days', measurementDays),
      hourly(context, 'ending keys', tellEndingKeys),
      hourly(context, 'old mails', forgetMails),
      hourly(context, 'webhook deliveries', forgetWebhookDeliveries),
      hourly(context, 'ended invitations', forgetInvitations),
      hourly(context, 'closed companies', forgetCompanies),
      hourly(context, 'dates of consents', consentDates, consentDatesEveryMs),
      hourly(context, 'coverage digests', sendCoverageDigests, coverageDigestsEveryMs),
      hourly(context, 'expired visits', endExpiredVisits, expiredVisitsEveryMs),
      startRollUps(context),
      startTellingOfTime(context),
      startWarningOfWebhooks(context),
      startDueWork(context, [
        keepingCoverage(context),
        ...sendingMails(context),
        ...tellingWebhooks(context),
        mailingAlarms(context),
        deliveringWebhooks(context),
      ]),
      startDemoLife(context).stop,
      startDemoMeasurements(context).stop,
    )
    const world = context.isWorldToTry ? readWorld(config.dataDir) : null
    if (world !== null) stops.push(startWorldLife(context, world).stop)
    if (config.metricsPort !== 0) {
      const metricsServer = await serveMetrics(context.metrics.registry, config.host, config.metricsPort)
      stops.push(() => closed(metricsServer))
    }
    return { url: context.config.url, context, greeting, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Makes what a fresh database lacks (the world to try, or the vendor's first link), and says where to go from here. */
async function greet(context: Context): Promise<string> {
  const { url, databaseUrl, empty } = context.config
  const world = databaseUrl === undefined && !empty ? await worldAtStart(context) : null
  if (world !== null) {
    context.isWorldToTry = true
    return context.config.mail
      ? world
      : `${world}\n\nMails are kept: the vendor reads them in the portal, at\n${url}/administration/mail`
  }
  const link = await vendorSetupLink(context)
  if (link === null) return `Assent is at ${url}`
  return `Assent is at ${url}\n\nSet up the vendor's first account with this link, good once, until ${link.expiresAt}:\n${link.url}`
}

/** Restores a backup into the empty database that the settings name, whole or not at all. Throws what a person can act on. */
export async function restore(config: Config, file: string, clock: Clock = systemClock): Promise<Restored> {
  const db = await openDatabase(config)
  try {
    const secrets = serverSecrets(config.secret ?? secretOfDirectory(config.dataDir, clock), config.formerSecret)
    return await restoreBackup(db, readArchive(file), async (tx) => {
      await checkServerSecrets({ system: tx }, secrets).catch(() => {
        throw new ArchiveError(
          'The backup was made under another secret, and its keys would all be refused. Give the secret of that server as ASSENT_SECRET, ' +
            `or copy the file "secret" of its data directory into ${config.dataDir}, and restore again.`,
        )
      })
    })
  } finally {
    await db.close()
  }
}

async function contextOf(config: Config, clock: Clock, db: Database): Promise<Context> {
  const log = openLog(config.logLevel)
  const secrets = serverSecrets(config.secret ?? secretOfDirectory(config.dataDir, clock), config.formerSecret)
  await checkServerSecrets(db, secrets)
  const counted = metrics()
  const measured = measurementMetrics(counted.registry, {
    readers: () => streams.places.all,
    backlogBytes: () => appender.waitingBytes,
    unsentBytes: () => streams.live.unsentBytes,
  })
  const streams = new Streams(db, measured, clock, log)
  const threads = new Threads()
  const appender = new Appender(
    db,
    threads,
    (size) => clock.randomBytes(size),
    measured,
    (organization) => streams.live.wake(organization),
  )
  return {
    config,
    db,
    glances: new Glances(db.request),
    clock,
    startedAt: clock.now(),
    log,
    secrets,
    limits: limits(config.rateLimitFactor),
    seenKeys: new SeenKeys(),
    lastUse: lastUse(db, clock, (error) => log.warn({ err: error }, 'last uses not written')),
    accesses: new AccessRecord({ db: db.system, clock, log }),
    metrics: counted,
    appender,
    sensorNames: new SensorNames(db.system, clock.randomBytes(4).readInt32LE()),
    streams,
    isWorldToTry: false,
    threads,
    outside: outsideAsk(config.inside),
  }
}

async function openDatabase(config: Config): Promise<Database> {
  if (config.databaseUrl !== undefined) return openPostgres(config.databaseUrl, () => {})
  const { openEmbedded } = await import('./store/embedded.ts')
  return openEmbedded(join(config.dataDir, 'database'))
}

/** A connection that has sent nothing yet, or half a request, would hold a shutdown up for as long as it likes. */
async function closedInTime(server: FastifyInstance): Promise<void> {
  const late = setTimeout(() => server.server.closeAllConnections(), requestsWithinMs)
  await server.close()
  clearTimeout(late)
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** Runs until SIGTERM or Ctrl-C. */
async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2))
  if (config === null) {
    console.log(helpText())
    return
  }
  if (config.restore !== undefined) {
    const { createdAt, rows } = await restore(config, config.restore)
    const count = Object.values(rows).reduce((sum, one) => sum + one, 0)
    console.log(
      `Restored ${count} rows of ${Object.keys(rows).length} tables, as they were at ${createdAt}. Start without --restore now.`,
    )
    return
  }
  const running = await start(config)
  console.log(running.greeting)
  collectGarbage()
  const stop = () => {
    const late = setTimeout(() => process.exit(1), closeWithinMs)
    running.close().then(
      () => clearTimeout(late),
      (error) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(`Assent cannot start: ${whyNotStarted(error)}`)
    process.exit(1)
  })
}
