import sql, { type Sql } from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../../src/store/database.ts'
import { dueWork } from '../../src/store/due-work.ts'
import { claimWebhooks, dueDeliveries } from '../../src/store/webhook-deliveries.ts'
import { Door, soak } from '../support/door.ts'
import { listening, type Plan, readWhole } from '../support/plans.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'

const webhooksCount = soak ? 10_000 : 400
/** Of so many, one never answers: more than there are places. */
const silentOneIn = 2
/** An attempt that is not answered ends then. */
const attemptMs = 15_000

let server: TestServer
let hook: Receiver
beforeAll(async () => {
  server = await startServer({ engine: 'postgres', flags: ['--inside-addresses', '127.0.0.1'] })
  hook = await startReceiver()
})
afterAll(async () => {
  await server?.close()
  await hook?.close()
})

const run = (statement: Sql) => server.database.system.rows(statement)

/** The tables that what it asks reads from end to end. */
async function readByScan(question: (db: Db) => Promise<unknown>): Promise<string[]> {
  const { db, asked } = listening(server.database.system)
  await question(db)
  const [row] = await server.database.system.rows<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    sql`explain (format json) ${asked[0] as Sql}`,
  )
  return readWhole(row?.['QUERY PLAN'][0].Plan as Plan)
}

test(`with ${webhooksCount} webhooks, receivers that never answer keep no other one waiting, and nothing is looked for from end to end`, async () => {
  const { portal } = await new Door(server.url, server.dataDir).partner('Acme')
  const given = { name: 'Desk', url: `${hook.url}/0`, kinds: ['key.expiring'] }
  const { webhook } = await portal.send<{ webhook: { id: string } }>('POST', '/webhooks', given)
  await run(sql`
    insert into webhook (id, company_id, name, url, format, kinds)
    select 'many ' || n, w.company_id, w.name, ${hook.url} || case when n % ${silentOneIn}::integer = 0 then '/silent' else '/' || n end, w.format, w.kinds
      from webhook w
     cross join generate_series(1, ${webhooksCount}::integer) n
     where w.id = ${webhook.id}`)
  await run(sql`insert into webhook_queue (webhook_id) select id from webhook where id like 'many %'`)
  await run(sql`
    insert into webhook_secret (webhook_id, company_id, scheme, sealed_secret, secret_name)
    select w.id, w.company_id, s.scheme, s.sealed_secret, s.secret_name
      from webhook w
     cross join webhook_secret s
     where w.id like 'many %' and s.webhook_id = ${webhook.id}`)
  hook.answer(({ path }) => (path === '/silent' ? 'silent' : 204))
  await run(sql`
    insert into webhook_delivery (id, webhook_id, needs, kind, lane, place, part, body, accepted_at, next_attempt_at)
    select 'msg_' || w.id, w.id, 'nothing', 'webhook.test', 'test', 0, 0, '{}', statement_timestamp(), statement_timestamp()
      from webhook w
     where w.id like 'many %'`)
  await server.database.script('analyze webhook, webhook_queue, webhook_delivery, webhook_secret')
  expect(await readByScan(dueWork)).not.toContain('webhook_queue')
  expect(await readByScan((db) => claimWebhooks(db, false, 128, 1))).not.toContain('webhook_queue')
  expect(await readByScan((db) => dueDeliveries(db, webhook.id, 16))).not.toContain('webhook_delivery')

  const begunAt = performance.now()
  await run(sql`update webhook_queue set next_at = statement_timestamp() where webhook_id like 'many %'`)
  const healthy = webhooksCount - Math.floor(webhooksCount / silentOneIn)
  await expect
    .poll(() => hook.received.filter(({ status }) => status === 204).length, { timeout: soak ? 120_000 : 30_000 })
    .toBe(healthy)
  const tookMs = performance.now() - begunAt
  console.log(
    `webhooks: ${healthy} of ${webhooksCount} were served in ${Math.round(tookMs)} ms beside silent ones, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`,
  )
  if (!soak) expect(tookMs).toBeLessThan(attemptMs)
}, 300_000)
