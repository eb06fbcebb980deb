import sql, { type Sql } from 'sql-template-tag'
import { expect } from 'vitest'
import { Connections, type CustomerOfTest, Door, type PartnerOfTest } from './door.ts'
import { wrongMessages } from './messages.ts'
import { until } from './own-process.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import { startServer, type TestServer } from './server.ts'
import { type SiteOfTest, siteOf } from './webhook-site.ts'

/** A server that sends to receivers in this process, with a partner who has none yet. */
export interface WebhookScene {
  server: TestServer
  door: Door
  partner: PartnerOfTest
  lines: Connections
  /** A new receiver, closed with the scene. */
  receiver(): Promise<Receiver>
  /** Devices of a customer, with a way to report alarms of them. */
  site(customer: CustomerOfTest): Promise<SiteOfTest>
  /** Asks the server's database, as the system. */
  run(statement: Sql): Promise<object[]>
  /** Makes what a webhook's deliveries wait for come at once, as if that time was over. */
  makeDue(webhookId: string): Promise<void>
  close(): Promise<void>
}

export async function startWebhookScene(...flags: string[]): Promise<WebhookScene> {
  const server = await startServer({ flags: ['--inside-addresses', '127.0.0.1', '--rate-limit-factor', '1000000', ...flags] })
  const door = new Door(server.url, server.dataDir)
  const lines = new Connections(8)
  const receivers: Receiver[] = []
  const run = (statement: Sql) => server.database.system.rows(statement)
  return {
    server,
    door,
    partner: await door.partner('Acme'),
    lines,
    receiver: async () => {
      const made = await startReceiver()
      receivers.push(made)
      return made
    },
    site: (customer) => siteOf(door, lines, customer),
    run,
    makeDue: async (id) => {
      // What is being tried, and fails, is due after its own time: it is written down first.
      await until('nobody to be at the webhook', async () => {
        const claimed = await run(sql`select 1 as one from webhook_queue where webhook_id = ${id} and claimed_until is not null`)
        return claimed.length === 0
      })
      await run(sql`
        update webhook_delivery set next_attempt_at = statement_timestamp() where webhook_id = ${id} and next_attempt_at is not null`)
      await run(sql`update webhook_queue set next_at = statement_timestamp() where webhook_id = ${id}`)
    },
    close: async () => {
      lines.close()
      await server.close()
      for (const receiver of receivers) await receiver.close()
      // Whatever a test was about, what was sent is what the document says.
      expect(await wrongMessages(receivers.flatMap(({ received }) => received))).toEqual([])
    },
  }
}
