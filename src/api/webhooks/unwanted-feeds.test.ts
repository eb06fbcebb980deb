import { afterAll, beforeAll, expect, test } from 'vitest'
import { Connections, Door } from '../../../test/support/door.ts'
import { type Receiver, startReceiver } from '../../../test/support/receiver.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'
import { siteOf } from '../../../test/support/webhook-site.ts'

/** More feeds than are told at once. */
const unwantedCount = 22

let server: TestServer
let door: Door
let hook: Receiver
const lines = new Connections(8)
beforeAll(async () => {
  server = await startServer({ flags: ['--inside-addresses', '127.0.0.1', '--rate-limit-factor', '1000000'] })
  door = new Door(server.url, server.dataDir)
  hook = await startReceiver()
})
afterAll(async () => {
  lines.close()
  await server?.close()
  await hook?.close()
})

test('feeds that the only webhook there is does not want stand in nobody’s way, and are not told later', async () => {
  const partner = await door.partner('Acme')
  const wanted = await door.customer('Wanted', partner)
  const labels = () => (hook.events() as unknown as { data: { alarm: { label: string } } }[]).map(({ data }) => data.alarm.label)
  const { webhook } = await partner.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', {
    ...{ name: 'Desk', url: hook.url, kinds: ['alarm.activated'], organizationIds: [wanted.id] },
  })
  for (let nth = 0; nth < unwantedCount; nth += 1) {
    const { alarm, report } = await siteOf(door, lines, await door.customer(`Unwanted ${nth}`, partner))
    await report(alarm('one', 'unwanted'))
  }
  const { alarm, report } = await siteOf(door, lines, wanted)
  await report(alarm('one', 'first'))
  await hook.got('the wanted one', () => labels().includes('alarm first'))
  await partner.portal.send('PATCH', `/webhooks/${webhook.id}`, { organizationIds: null })
  await report(alarm('one', 'second'))
  await hook.got('the next one', () => labels().includes('alarm second'))
  expect(labels()).toEqual(['alarm first', 'alarm second'])
})
