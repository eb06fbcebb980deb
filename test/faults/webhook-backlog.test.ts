import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Connections, Door, soak } from '../support/door.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { siteOf } from '../support/webhook-site.ts'

const waitingMax = soak ? 100_000 : 5_000
const batchMax = 5_000
const withinMs = 5_000

let server: TestServer
let hook: Receiver
const lines = new Connections(4)
beforeAll(async () => {
  server = await startServer({ engine: 'postgres', flags: ['--inside-addresses', '127.0.0.1', '--rate-limit-factor', '1000000'] })
  hook = await startReceiver()
})
afterAll(async () => {
  lines.close()
  await server?.close()
  await hook?.close()
})

test(`the notice of a withdrawal arrives within 5 s with ${waitingMax} events waiting, and none of these after it`, async () => {
  const door = new Door(server.url, server.dataDir)
  const partner = await door.partner('Behind')
  const customer = await door.customer('Busy', partner)
  const { alarm, report } = await siteOf(door, lines, customer)
  hook.answer(({ text }) => (text.includes('coverage.') ? 204 : 503))
  const kinds = ['alarm.activated', 'coverage.ended']
  const { webhook } = await partner.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', {
    name: 'All',
    url: hook.url,
    kinds,
  })
  for (let sent = 0; sent < waitingMax; sent += batchMax)
    await report(...Array.from({ length: batchMax }, (_, nth) => alarm(nth % 2 === 0 ? 'one' : 'two', `${sent + nth}`)))
  const waiting = async () =>
    (await server.database.system.rows<{ count: number }>(sql`select count(*) from webhook_delivery where state = 'waiting'`))[0]
      ?.count
  await expect.poll(waiting, { timeout: 300_000 }).toBe(waitingMax)
  await hook.got('an attempt', (received) => received.length > 0)

  await customer.portal.send('DELETE', `/partnerships/${customer.partnershipId}/consent`)
  const from = performance.now()
  const ended = await hook.got('the notice', (received) => received.find(({ text }) => text.includes('coverage.ended')))
  console.log(`webhooks: the notice of a withdrawal took ${Math.round(ended.at - from)} ms with ${waitingMax} events made`)
  expect(ended.at - from).toBeLessThan(withinMs)
  await expect.poll(waiting, { timeout: 120_000 }).toBe(0)
  expect(hook.received.filter(({ at, text }) => at > from + 1500 && !text.includes('coverage.'))).toEqual([])
  await partner.portal.send('DELETE', `/webhooks/${webhook.id}`)
}, 600_000)
