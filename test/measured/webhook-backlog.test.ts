import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Connections, type CustomerOfTest, Door, soak } from '../support/door.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { siteOf } from '../support/webhook-site.ts'

const waitingMax = soak ? 100_000 : 5_000
const withdrawalsEach = soak ? 20 : 3
const waveringMax = 5
const batchMax = 5_000
/** At p99, from the answer to a withdrawal until its notice is with the receiver. */
const withinMs = 5_000

let server: TestServer
let hook: Receiver
const lines = new Connections(4)
beforeAll(async () => {
  const flags = ['--inside-addresses', '127.0.0.1', '--rate-limit-factor', '1000000', '--webhook-waiting-max', '200000']
  server = await startServer({ engine: 'postgres', flags })
  hook = await startReceiver()
})
afterAll(async () => {
  lines.close()
  await server?.close()
  await hook?.close()
})

/** When the nth withdrawal of a customer was answered, and how long its notice took from then on, in ms. */
async function withdrawn(customer: CustomerOfTest, nth: number): Promise<{ answeredAt: number; tookMs: number }> {
  await customer.portal.send('DELETE', `/partnerships/${customer.partnershipId}/consent`)
  const answeredAt = performance.now()
  const isNotice = ({ text }: { text: string }) => text.includes('coverage.ended') && text.includes(customer.id)
  const notice = await hook.got('the notice', (received) => received.filter(isNotice)[nth])
  return { answeredAt, tookMs: notice.at - answeredAt }
}

test(`notices of withdrawals arrive within 5 s with ${waitingMax} events waiting, and none of these after the one that they are about`, async () => {
  const door = new Door(server.url, server.dataDir)
  const partner = await door.partner('Behind')
  const busy = await door.customer('Busy', partner)
  const { alarm, report } = await siteOf(door, lines, busy)
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
    (await server.database.system.rows<{ waiting: number }>(sql`select waiting from webhook_queue`))[0]?.waiting
  await expect.poll(waiting, { timeout: 300_000 }).toBe(waitingMax)
  await hook.got('an attempt', (received) => received.length > 0)

  const wavering = await Promise.all(Array.from({ length: waveringMax }, (_, nth) => door.customer(`Wavering ${nth}`, partner)))
  const tookMs = await Promise.all(
    wavering.map(async (customer) => {
      const took: number[] = []
      for (let nth = 0; nth < withdrawalsEach; nth += 1) {
        took.push((await withdrawn(customer, nth)).tookMs)
        await customer.portal.send('PUT', `/partnerships/${customer.partnershipId}/consent`, {})
      }
      return took
    }),
  )
  expect(await waiting()).toBeGreaterThanOrEqual(waitingMax)
  // As after the third attempt: what waits is withheld at once all the same.
  await server.database.system.rows(sql`
    update webhook_delivery set next_attempt_at = statement_timestamp() + interval '30 minutes' where organization_id = ${busy.id} and next_attempt_at is not null`)
  const last = await withdrawn(busy, 0)
  const sorted = [...tookMs.flat(), last.tookMs].sort((one, other) => one - other)
  const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1] as number
  const middle = sorted[Math.floor(sorted.length / 2)] as number
  console.log(
    `webhooks: notices of ${sorted.length} withdrawals took ${Math.round(middle)} ms, ${Math.round(p99)} at p99, with ${waitingMax} events waiting`,
  )
  expect(p99).toBeLessThan(withinMs)
  await expect.poll(waiting, { timeout: 120_000 }).toBe(0)
  expect(hook.received.filter(({ at, text }) => at > last.answeredAt + 1500 && !text.includes('coverage.'))).toEqual([])
  await partner.portal.send('DELETE', `/webhooks/${webhook.id}`)
}, 900_000)
