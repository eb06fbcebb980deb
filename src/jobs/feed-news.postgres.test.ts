import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Connections, Door } from '../../test/support/door.ts'
import { held } from '../../test/support/held.ts'
import { until } from '../../test/support/own-process.ts'
import { type Receiver, startReceiver } from '../../test/support/receiver.ts'
import { startServer, type TestServer } from '../../test/support/server.ts'
import { siteOf } from '../../test/support/webhook-site.ts'

let server: TestServer
let door: Door
let hook: Receiver
const lines = new Connections(4)
beforeAll(async () => {
  hook = await startReceiver()
  server = await startServer({ flags: ['--inside-addresses', '127.0.0.1'] })
  door = new Door(server.url, server.dataDir)
})
afterAll(async () => {
  lines.close()
  await server?.close()
  await hook?.close()
})

/** Until no teller of this kind has anything left of these organizations' news. */
const allTold = (teller: 'webhooks' | 'mails', ...organizations: string[]) =>
  until('all news to be told', async () => {
    const left = await server.database.system.rows(sql`
      select 1 as one from feed_news where teller = ${teller} and organization_id = any (${organizations}::text[])`)
    return left.length === 0
  })

/** Until a statement that says this waits for a lock. */
const waiting = (words: string) =>
  until(`somebody to wait at ${words}`, async () => {
    const rows = await server.database.system.rows(sql`
      select 1 as one from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and strpos(query, ${words}) > 0`)
    return rows.length > 0
  })

test('while another process tells of an organization, neither its reports wait for that nor the news of others', async () => {
  const partner = await door.partner('Elsewhere')
  const [told, other] = [await door.customer('Told', partner), await door.customer('Other', partner)]
  const sites = [await siteOf(door, lines, told), await siteOf(door, lines, other)] as const
  // Of somebody else, so that news are looked at, and of neither of these two.
  const { portal } = await door.customer('Hearing', await door.partner('Apart'))
  await portal.send('POST', '/webhooks', { name: 'Desk', url: hook.url, kinds: ['alarm.activated'] })
  await sites[0].report(sites[0].alarm('one', 'known'))
  await allTold('webhooks', told.id, other.id)

  const end = await held(server, sql`select 1 as one from webhook_position where organization_id = ${told.id} for update`)
  try {
    await sites[0].report(sites[0].alarm('one', 'first'))
    await sites[1].report(sites[1].alarm('one', 'first'))
    await allTold('webhooks', other.id)
    await sites[0].report(sites[0].alarm('one', 'second'))
  } finally {
    await end()
  }
  await allTold('webhooks', told.id)
})

test('while another process writes to a member, reports of what it is told of do not wait for that', async () => {
  const partner = await door.partner('Writing')
  const customer = await door.customer('Written', partner)
  const { alarm, report } = await siteOf(door, lines, customer)
  await partner.portal.send('PUT', '/alarm-mails', { severity: 'WARNING', cleared: false })
  await report(alarm('one', 'first'))
  await until('the first to be told', async () => {
    const told = await server.database.system.rows(sql`
      select 1 as one from alarm_mail_news where organization_id = ${customer.id} and told >= head`)
    return told.length > 0
  })

  const end = await held(server, sql`select 1 as one from alarm_mail_news where organization_id = ${customer.id} for update`)
  try {
    await report(alarm('one', 'second'))
    await waiting('insert into alarm_mail_news')
    await report(alarm('one', 'third'))
  } finally {
    await end()
  }
  await allTold('mails', customer.id)
})

test('what is seen at locations while others are chosen tells nothing of what was asked for before', async () => {
  const { portal, ...customer } = await door.customer('Moving', await door.partner('Choosing'))
  const { alarm, report } = await siteOf(door, lines, { portal, ...customer })
  const { locations } = await portal.send<{ locations: { id: string; label: string }[] }>(
    'GET',
    `/organizations/${customer.id}/inventory-tree`,
  )
  const room = (label: string) => locations.filter((one) => one.label === label).map(({ id }) => id)
  // An alarm whose changes it is not told: so nobody but the look itself has to do with the webhook.
  await report(alarm('one', 'seen'))
  const { webhook } = await portal.send<{ webhook: { id: string } }>('POST', '/webhooks', {
    ...{ name: 'Room', url: hook.url, kinds: ['alarm.cleared'], locationIds: room('Room 1') },
  })
  await allTold('webhooks', customer.id)

  const look = await held(
    server,
    sql`
    insert into webhook_seen_there (organization_id, subject_id, webhook_id, accepted_at)
    select organization_id, id, ${webhook.id}, '-infinity' from alarm where organization_id = ${customer.id}`,
  )
  await report(alarm('one', 'seen', { message: 'Once more' }))
  await waiting('insert into webhook_seen_there')
  await portal.send('PATCH', `/webhooks/${webhook.id}`, { locationIds: room('Room 2') })
  await look()

  const clearedTime = '2026-03-14T10:00:00.000Z'
  await report(alarm('one', 'seen', { clearedTime }), alarm('two', 'other', { clearedTime }))
  await hook.got('what is at the other location', (received) => received.some(({ text }) => text.includes('alarm other')))
  // Made in one transaction with it, were it made.
  expect((await portal.send<{ deliveries: object[] }>('GET', `/webhooks/${webhook.id}/deliveries`)).deliveries).toHaveLength(1)
})
