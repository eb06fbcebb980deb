import { join } from 'node:path'
import type pg from 'pg'
import { Door } from '../../test/support/door.ts'
import { postmasterPid } from '../measurements/acceptance.ts'
import { cpuSeconds, postgresCpuSeconds } from '../processes.ts'
import { alternating, type Figure, median, once, ratioOf, type Stage } from '../stage.ts'
import { withClient } from '../with-client.ts'

const company = 'Ten'
const organization = 'Ten-1'
const webhooksCount = 8
/** Attempts that the server makes at once for a webhook (src/jobs/deliver-webhooks.ts). */
const atOnce = 16
const devices = 100
const runCount = 20_000

interface Rates {
  own: number[]
  /** By PostgreSQL's CPU time too; empty where it runs elsewhere. */
  withPostgres: number[]
  bare: number[]
}

const rates = once(deliveryRates)

/** What we promise of webhooks. How it is measured: docs/benchmarks.md. */
export const webhookFigures: readonly Figure[] = [
  {
    name: 'webhooks-to-bare',
    goal: { least: 0.4 },
    measure: async (stage) => {
      const { own, bare } = await rates(stage)
      return ratioOf(own, bare)
    },
  },
  {
    name: 'webhooks-with-postgresql-to-bare',
    goal: { least: 0.4 },
    measure: async (stage) => {
      const { withPostgres, bare } = await rates(stage)
      return withPostgres.length === 0 ? undefined : ratioOf(withPostgres, bare)
    },
  },
  { name: 'webhooks-per-cpu-second', measure: async (stage) => ({ value: median((await rates(stage)).own) }) },
]

/** Deliveries for a CPU second of the process that delivers. */
async function deliveryRates(stage: Stage): Promise<Rates> {
  // Nobody else sends, whose time would not be counted.
  await stage.idleMemoryMiB()
  const url = await stage.receiving.ask({})
  return withClient(stage.databaseUrl, async (client) => {
    const webhooks = await prepare(stage, client, url)
    const postmaster = await postmasterPid(client)
    const withPostgres: number[] = []
    const body = JSON.stringify(event(0))
    const own = async () => {
      await fill(client, webhooks)
      const from = cpuSeconds(stage.server.pid)
      const fromPostgres = postmaster === null ? 0 : postgresCpuSeconds(postmaster)
      await client.query('update webhook_queue set next_at = now() where webhook_id = any ($1)', [webhooks])
      await stage.receiving.ask({ count: runCount })
      // Until all is written down.
      await untilNone(client, "select 1 from webhook_delivery where state = 'waiting' limit 1", 5)
      const used = cpuSeconds(stage.server.pid) - from
      if (postmaster !== null) withPostgres.push(runCount / (used + postgresCpuSeconds(postmaster) - fromPostgres))
      return runCount / used
    }
    const bare = async () => {
      const from = cpuSeconds(stage.bareSender.pid)
      await stage.bareSender.ask({ url, connections: webhooksCount * atOnce, count: runCount, body })
      await stage.receiving.ask({ count: runCount })
      return runCount / (cpuSeconds(stage.bareSender.pid) - from)
    }
    // Starts the bare sender's process, whose time can be read then.
    await stage.bareSender.ask({ url, connections: 1, count: 1, body })
    await stage.receiving.ask({ count: 1 })
    for (const run of [own, bare]) await run()
    const [ownRates, bareRates] = await alternating([own, bare])
    for (const id of webhooks) await client.query('delete from webhook where id = $1', [id])
    // The first was to warm up.
    return { own: ownRates as number[], withPostgres: withPostgres.slice(1), bare: bareRates as number[] }
  })
}

/** Webhooks of a partner that covers the organization's alarms. */
async function prepare({ server, directory }: Stage, client: pg.Client, url: string): Promise<string[]> {
  await client.query('select keep_coverage($1, $2)', [company, organization])
  // By the name that its links have: sessions are for that origin.
  const door = new Door(server.url.replace('127.0.0.1', 'localhost'), join(directory, 'server'))
  const portal = await door.account(company)
  const webhooks: string[] = []
  for (let nth = 0; nth < webhooksCount; nth += 1) {
    const given = { name: `Webhook ${nth}`, url: `${url}/${nth}`, kinds: ['alarm.activated'] }
    webhooks.push((await portal.send<{ webhook: { id: string } }>('POST', '/webhooks', given)).webhook.id)
  }
  // The feeds of all organizations are looked at once, now that somebody might hear them.
  await untilNone(client, "select 1 from feed_news where teller = 'webhooks' limit 1", 100)
  return webhooks
}

function event(offset: number): object {
  const times = { activatedTime: '2026-03-14T09:26:53.589Z', alarmReactivationCount: 0 }
  const words = { label: 'Communication lost', message: 'The device does not answer', severity: 'CRITICAL' }
  const alarm = {
    id: '3e8c36f2-6f0a-4a5e-9d0c-2f1f6b0f7a11',
    deviceId: '5b0b1a9c-90a3-4b58-8a3e-2f86a1a3d1f0',
    ...words,
    ...times,
  }
  return {
    ...{ type: 'alarm.activated', timestamp: times.activatedTime },
    data: { organizationId: organization, offset, previousOffset: offset - 1, alarm },
  }
}

/** As the server itself would have made them of alarms of a hundred devices: the first of each lane is due. */
async function fill(client: pg.Client, webhooks: string[]): Promise<void> {
  await client.query('delete from webhook_delivery')
  await client.query(
    `insert into webhook_delivery (id, webhook_id, organization_id, needs, kind, lane, place, ordinal, body, accepted_at, next_attempt_at)
     select 'msg_' || gen_random_uuid(), w.id, $2, 'alarms', 'alarm.activated', 'device ' || n % $4, n, n, $5, now(),
            case when n <= $4 then now() end
       from unnest($1::text[]) w (id)
      cross join generate_series(1, $3::integer) n`,
    [webhooks, organization, runCount / webhooks.length, devices, JSON.stringify(event(1))],
  )
  await client.query('analyze webhook_delivery')
}

/** Waits until a statement finds nothing. */
async function untilNone(client: pg.Client, statement: string, lookEveryMs: number): Promise<void> {
  while ((await client.query(statement)).rows.length > 0) await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
}
