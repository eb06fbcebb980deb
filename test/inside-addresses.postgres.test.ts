import { createServer as createHttpServer } from 'node:http'
import { connect, createServer, type Server } from 'node:net'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insideOf } from '../src/address-settings.ts'
import { webhooksMax } from '../src/domain/webhook.ts'
import { outsideAsk } from '../src/outside/ask.ts'
import { Connections, Door, type PartnerOfTest } from './support/door.ts'
import { freePort } from './support/free-port.ts'
import { insideWays, listedAddress, resolveNames } from './support/inside-ways.ts'
import { startServer, type TestServer } from './support/server.ts'
import { siteOf } from './support/webhook-site.ts'

let server: TestServer
let port: number
/** Connections to what may not be reached, and requests to what may. */
const reached = { inside: 0, listed: 0 }
const listeners: Server[] = []
const lines = new Connections(8)
beforeAll(async () => {
  port = await freePort()
  for (const address of ['127.0.0.1', '::1']) {
    const listener = createServer((socket) => {
      reached.inside += 1
      socket.destroy()
    })
    await listening(listener, address)
  }
  const listed = createHttpServer((request, response) => {
    reached.listed += 1
    const { searchParams } = new URL(request.url ?? '', 'http://listed')
    response.writeHead(Number(searchParams.get('status') ?? 204), { location: searchParams.get('to') ?? '/' }).end()
  })
  await listening(listed, listedAddress)
  server = await startServer({ flags: ['--rate-limit-factor', '1000000'] })
  server.context.outside = outsideAsk(insideOf([listedAddress]), resolveNames())
})
afterAll(async () => {
  lines.close()
  await server?.close()
  for (const listener of listeners) listener.close()
})

function listening(listener: Server, address: string): Promise<void> {
  listeners.push(listener)
  return new Promise((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(port, address, resolve)
  })
}

const run = <Row extends object>(statement: ReturnType<typeof sql>) => server.database.system.rows<Row>(statement)
const count = async (which: ReturnType<typeof sql>) =>
  (await run<{ count: number }>(sql`select count(*)::int as "count" from webhook_delivery d where ${which}`))[0]?.count

test('of more than 200 ways to name an address inside, none reaches one: by endpoint, test button and resend alike', async () => {
  const ways = [...new Set(insideWays(port))]
  expect(ways.length).toBeGreaterThan(200)
  const door = new Door(server.url, server.dataDir)
  const customer = await door.customer('North')
  const hooks: { portal: PartnerOfTest['portal']; path: string }[] = []
  for (let from = 0; from < ways.length; from += webhooksMax) {
    const partner = await door.partner(`Acme ${from}`)
    await customer.portal.send('PUT', `/partnerships/${await door.connect(customer, partner)}/consent`, {})
    const made = ways.slice(from, from + webhooksMax).map(async (url) => {
      const given = { name: 'Desk', url, kinds: ['alarm.activated'] }
      const { webhook } = await partner.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', given)
      return { portal: partner.portal, path: `/webhooks/${webhook.id}` }
    })
    hooks.push(...(await Promise.all(made)))
  }
  const { alarm, report } = await siteOf(door, lines, customer)
  await report(alarm('one', 'a'))
  await Promise.all(hooks.map(({ portal, path }) => portal.send('POST', `${path}/tests`, {})))
  const tried = async () => [await count(sql`true`), await count(sql`d.attempts = 0`)]
  await expect.poll(tried, { timeout: 60_000 }).toEqual([2 * ways.length, 0])
  // As after ten attempts.
  await run(sql`
    update webhook_delivery set state = 'failed', settled_at = statement_timestamp(), next_attempt_at = null where state = 'waiting'`)
  const from = new Date(Date.now() - 3_600_000).toISOString()
  for (const state of ['failed', 'delivered'])
    await Promise.all(hooks.map(({ portal, path }) => portal.send('POST', `${path}/deliveries`, { from, state })))
  await expect.poll(tried, { timeout: 60_000 }).toEqual([2 * ways.length, 0])

  const attempts = await run<{ address: string | null }>(sql`select distinct a.address from webhook_attempt a order by a.address`)
  expect([attempts.map(({ address }) => address), reached.inside]).toEqual([[listedAddress, null], 0])
  // Nor was it tried: to most of these addresses no connection can be made from here, so that being refused is what counts.
  const refusals = await run<{ url: string; error: string }>(sql`
    select distinct w.url, a.error
      from webhook_attempt a
      join webhook_delivery d on d.id = a.delivery_id
      join webhook w on w.id = d.webhook_id
     where a.address is null`)
  expect(refusals.filter(({ error }) => !/^\S+ is inside, and no address of the public internet:/.test(error))).toEqual([])
  // All but those that may always be asked at one of their addresses.
  const byAddress = new Set(refusals.map(({ url }) => url))
  const unjudged = ways.filter((url) => url.startsWith('https:') && !byAddress.has(url))
  expect(unjudged.map((url) => new URL(url).hostname)).toEqual(['first.example', 'second.example', 'third.example'])
  expect(reached.listed).toBeGreaterThan(0)
  // What reaches it is counted.
  connect(port, '127.0.0.1').on('error', () => {})
  await expect.poll(() => reached.inside).toBe(1)
}, 240_000)
