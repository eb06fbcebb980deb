import sql, { type Sql } from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inOneTurn } from '../../src/jobs/deliver-webhooks.ts'
import type { Db } from '../../src/store/database.ts'
import { dueWork } from '../../src/store/due-work.ts'
import { claimWebhooks, dueDeliveries } from '../../src/store/webhook-deliveries.ts'
import { Door, soak } from '../support/door.ts'
import { listening, type Plan, readWhole } from '../support/plans.ts'
import { multiplyWebhook, plantDeliveries } from '../support/planted-webhooks.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'

const plannedCount = 2000
const webhooksCount = soak ? 10_000 : 400
/** Of so many, one never answers: more than there are places for healthy ones, and fewer than for slow ones. */
const silentOneIn = soak ? 20 : 2
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
  // As many as an index is worth looking into for, whatever few of them are due.
  const claimed = [false, true].map((notices) => ({ notices, failing: false, max: 128 }))
  await multiplyWebhook(server.database, webhook.id, plannedCount, sql`${hook.url}`)
  await server.database.script('analyze webhook, webhook_queue')
  expect(await readByScan(dueWork)).not.toContain('webhook_queue')
  expect(await readByScan((db) => claimWebhooks(db, claimed, 1))).not.toContain('webhook_queue')
  await run(sql`delete from webhook where id like 'many %'`)
  const url = sql`${hook.url} || case when n % ${silentOneIn}::integer = 0 then '/silent' else '/' || n end`
  await multiplyWebhook(server.database, webhook.id, webhooksCount, url)
  await plantDeliveries(server.database, 'first')
  await server.database.script('analyze webhook, webhook_queue, webhook_delivery, webhook_secret')
  expect(await readByScan((db) => dueDeliveries(db, { webhookId: webhook.id, notices: false }, inOneTurn, []))).not.toContain(
    'webhook_delivery',
  )

  /** How long it takes until so many are served. */
  const serve = async (count: number) => {
    const from = served()
    const begunAt = performance.now()
    await run(sql`update webhook_queue set next_at = statement_timestamp() where webhook_id like 'many %'`)
    await expect.poll(() => served() - from, { timeout: soak ? 300_000 : 30_000 }).toBe(count)
    return performance.now() - begunAt
  }
  const served = () => hook.received.filter(({ status }) => status === 204).length
  // Ten thousand take longer than an attempt may, so they are held against as many that all answer.
  let aloneMs = 0
  if (soak) {
    aloneMs = await serve(webhooksCount)
    await expect
      .poll(() => run(sql`select 1 as one from webhook_delivery where state = 'waiting' limit 1`), { timeout: 60_000 })
      .toEqual([])
    await plantDeliveries(server.database, 'second')
  }
  hook.answer(({ path }) => (path === '/silent' ? 'silent' : 204))
  const healthy = webhooksCount - Math.floor(webhooksCount / silentOneIn)
  const tookMs = await serve(healthy)
  console.log(
    `webhooks: ${healthy} of ${webhooksCount} were served in ${Math.round(tookMs)} ms beside silent ones (all of them without: ${Math.round(aloneMs)} ms), ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`,
  )
  // Where silent ones kept places for all of their attempt, it would be that much longer at least.
  expect(tookMs - aloneMs).toBeLessThan(attemptMs)
}, 900_000)
