import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Connections, Door } from '../../test/support/door.ts'
import { held } from '../../test/support/held.ts'
import { until } from '../../test/support/own-process.ts'
import { multiplyWebhook, plantDeliveries } from '../../test/support/planted-webhooks.ts'
import { type Receiver, startReceiver } from '../../test/support/receiver.ts'
import { startServer, type TestServer } from '../../test/support/server.ts'
import { siteOf } from '../../test/support/webhook-site.ts'
import { systemClock } from '../clock.ts'
import { start } from '../main.ts'
import { claimWebhooks } from '../store/webhook-deliveries.ts'
import { resendDeliveries } from '../store/webhook-resending.ts'
import { releaseWebhook } from '../store/webhook-settling.ts'
import { forgetWebhookDeliveries } from './tell-webhooks.ts'

/** More webhooks than one process has places for, its slow ones among them (deliver-webhooks.ts). */
const moreThanOneTakes = 128 + 1024 + 48
/** More alarms than one transaction makes events of (webhook-events.ts). */
const moreThanOneLook = 600

let server: TestServer
let hook: Receiver
beforeAll(async () => {
  hook = await startReceiver()
  server = await startServer({ flags: ['--inside-addresses', '127.0.0.1'] })
})
afterAll(async () => {
  await server?.close()
  await hook?.close()
})

test('a delivery is forgotten 30 days after it was settled; one that is being sent again at that moment is sent, and kept', async () => {
  const door = new Door(server.url, server.dataDir)
  const { portal } = await door.partner('Acme')
  const made = await portal.send<{ webhook: { id: string } }>('POST', '/webhooks', {
    ...{ name: 'Desk', url: hook.url, format: 'standard', kinds: ['alarm.activated'] },
  })
  const path = `/webhooks/${made.webhook.id}`
  const states = async () => {
    const { deliveries } = await portal.send<{ deliveries: { state: string }[] }>('GET', `${path}/deliveries`)
    return deliveries.map(({ state }) => state)
  }
  await portal.send('POST', `${path}/tests`)
  await until('the delivery', async () => (await states()).includes('delivered'))
  const { system } = server.database
  await system.rows(sql`update webhook_delivery set settled_at = settled_at - interval '31 days'`)

  let forgetting: Promise<void> | undefined
  await server.database.transaction('system', { kind: 'system' }, async (tx) => {
    expect(await resendDeliveries(tx, made.webhook.id, { state: 'delivered' }, 10, 10)).toMatchObject({ resent: 1 })
    let isOver = false
    forgetting = forgetWebhookDeliveries(server.context).finally(() => {
      isOver = true
    })
    // Either it has left it alone, or it waits for what becomes of it.
    await until('the forgetting', async () => {
      const waiting = await system.rows(sql`
        select 1 as one from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
      return isOver || waiting.length > 0
    })
  })
  await forgetting
  await hook.got('the test again', (received) => received.length === 2)
  await until('the delivery', async () => (await states()).includes('delivered'))

  for (const [days, left] of [
    [29, ['delivered']],
    [1, []],
  ] as const) {
    await system.rows(sql`update webhook_delivery set settled_at = settled_at - make_interval(days => ${days}::integer)`)
    await forgetWebhookDeliveries(server.context)
    expect(await states()).toEqual(left)
  }
})

test('a webhook for which more is due than one round sends has its next turn behind those that were due before', async () => {
  const { portal } = await new Door(server.url, server.dataDir).partner('Turns')
  const made = ['First', 'Second'].map(async (name) => {
    const given = { name, url: hook.url, kinds: ['key.expiring'] }
    return (await portal.send<{ webhook: { id: string } }>('POST', '/webhooks', given)).webhook.id
  })
  const [first, second] = (await Promise.all(made)) as [string, string]
  // Nobody else sees what is due before all of it is over.
  const turns = await server.database.transaction('system', { kind: 'system' }, async (tx) => {
    const due = (id: string, minutes: number) => sql`
      insert into webhook_delivery (id, webhook_id, needs, kind, lane, place, ordinal, body, accepted_at, next_attempt_at)
      values (${`turn ${id}`}, ${id}, 'nothing', 'webhook.test', 'test', 0, 0, '{}', statement_timestamp(), statement_timestamp() - make_interval(mins => ${minutes}::integer))`
    const queued = (id: string, minutes: number) => sql`
      update webhook_queue set next_at = statement_timestamp() - make_interval(mins => ${minutes}::integer) where webhook_id = ${id}`
    for (const [id, minutes] of [
      [first, 2],
      [second, 1],
    ] as const) {
      await tx.rows(due(id, minutes))
      await tx.rows(queued(id, minutes))
    }
    const claimed: string[] = []
    for (let nth = 0; nth < 3; nth += 1) {
      const [one] = await claimWebhooks(tx, [{ notices: false, failing: false, max: 1 }], 30_000)
      if (one === undefined) break
      claimed.push(one.webhookId)
      await releaseWebhook(tx, one, false)
    }
    await tx.rows(sql`delete from webhook where id = any (${[first, second]}::text[])`)
    return claimed
  })
  expect(turns).toEqual([first, second, first])
})

test('what changes among those who hear a feed while it is read takes no event from anybody', async () => {
  const door = new Door(server.url, server.dataDir)
  const lines = new Connections(2)
  const receivers: Receiver[] = []
  try {
    const partner = await door.partner('Hearing')
    const customer = await door.customer('Heard', partner)
    const { alarm, report } = await siteOf(door, lines, customer)
    const add = async (portal = customer.portal) => {
      const receiver = await startReceiver()
      receivers.push(receiver)
      const given = { name: 'Desk', url: receiver.url, kinds: ['alarm.activated'] }
      const { webhook } = await portal.send<{ webhook: { id: string } }>('POST', '/webhooks', given)
      const took = (what: string) => receiver.got(what, (received) => received.some(({ text }) => text.includes(`alarm ${what}`)))
      return { path: `/webhooks/${webhook.id}`, portal, took }
    }
    const hearing = [await add(partner.portal), await add()]
    await report(alarm('one', 'first'))
    for (const { took } of hearing) await took('first')
    const { system } = server.database
    const isRead = () =>
      system.rows(
        sql`select 1 as one from pg_stat_activity where wait_event_type = 'Lock' and query like '%from covered_alarm x%'`,
      )
    const during = async (what: string, act: () => Promise<unknown>) => {
      const tell = await held(
        server,
        sql`
        select 1 as one from webhook_position where organization_id = ${customer.id} and family = 'alarms' for update`,
      )
      await report(alarm('one', what))
      const read = await held(server, sql`lock table alarm in access exclusive mode`)
      await tell()
      await until('the feed to be read', async () => (await isRead()).length > 0)
      await act()
      await read()
    }

    const added: typeof hearing = []
    await during('second', async () => added.push(await add()))
    for (const { took } of hearing) await took('second')
    // Whichever the feed is read as: each of them ceases to hear once.
    for (const [nth, { path, portal }] of hearing.entries()) {
      const what = nth === 0 ? 'third' : 'fourth'
      await during(what, () => portal.send('PATCH', path, { enabled: false }))
      for (const other of [...hearing, ...added]) if (other.path !== path) await other.took(what)
      await portal.send('PATCH', path, { enabled: true })
    }
  } finally {
    lines.close()
    for (const receiver of receivers) await receiver.close()
  }
})

test('who covers a feed by time alone, which is not noted yet, is waited for: nobody else’s events pass it by', async () => {
  const door = new Door(server.url, server.dataDir)
  const lines = new Connections(2)
  const receivers = await Promise.all([startReceiver(), startReceiver()])
  try {
    const partner = await door.partner('Waiting')
    const customer = await door.customer('Starting', partner)
    const other = await door.customer('Other', partner)
    const [here, there] = [await siteOf(door, lines, customer), await siteOf(door, lines, other)]
    for (const [nth, portal] of [partner.portal, customer.portal].entries())
      await portal.send('POST', '/webhooks', { name: 'Desk', url: receivers[nth]?.url, kinds: ['alarm.activated'] })
    const took = (nth: number, what: string) =>
      receivers[nth]?.got(what, (received) => received.some(({ text }) => text.includes(`alarm ${what}`)))
    const note = await held(server, sql`select 1 as one from coverage_head where company_id = ${partner.id} for update`)
    // As in the moment in which a subscription begins: it is covered, and the partner's feed of coverage has yet to say so.
    await server.database.system.rows(sql`
      update coverage_change
         set covered = false, since = null, inventory_since = null, alarms_since = null, sensors_since = null, next_at = statement_timestamp()
       where company_id = ${partner.id} and organization_id = ${customer.id}`)
    await here.report(here.alarm('one', 'early'))
    // Feeds are looked at one after the other: by then that one was, too.
    for (const what of ['later', 'last']) {
      await there.report(there.alarm('one', what))
      await took(0, what)
    }
    await note()
    for (const nth of [0, 1]) await took(nth, 'early')
  } finally {
    lines.close()
    for (const receiver of receivers) await receiver.close()
  }
})

test('where a server’s clock is ahead of the database’s, what was accepted between a withdrawal and another consent is sent no more than otherwise', async () => {
  const ahead = await startServer({
    flags: ['--inside-addresses', '127.0.0.1'],
    clock: { ...systemClock, now: () => new Date(Date.now() + 600_000) },
  })
  const door = new Door(ahead.url, ahead.dataDir)
  const lines = new Connections(2)
  const receiver = await startReceiver()
  try {
    const partner = await door.partner('Behind')
    const customer = await door.customer('Ahead', partner)
    const { alarm, report } = await siteOf(door, lines, customer)
    await partner.portal.send('POST', '/webhooks', { name: 'Desk', url: receiver.url, kinds: ['alarm.activated'] })
    const consent = `/partnerships/${customer.partnershipId}/consent`
    const tell = await held(ahead, sql`select 1 as one from webhook_position where organization_id = ${customer.id} for update`)
    await customer.portal.send('DELETE', consent)
    await report(alarm('one', 'between'))
    await customer.portal.send('PUT', consent, {})
    await tell()
    await report(alarm('one', 'new'))
    await receiver.got('the new one', (received) => received.some(({ text }) => text.includes('alarm new')))
    expect(receiver.received.filter(({ text }) => text.includes('alarm between'))).toEqual([])
  } finally {
    lines.close()
    await receiver.close()
    await ahead.close()
  }
})

test('an alarm that became active and has changed since is told as active, also where a look takes several transactions', async () => {
  const door = new Door(server.url, server.dataDir)
  const lines = new Connections(2)
  const receiver = await startReceiver()
  try {
    const customer = await door.customer('Stormy', await door.partner('Watching'))
    const { alarm, report } = await siteOf(door, lines, customer)
    const { webhook } = await customer.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', {
      ...{ name: 'Desk', url: receiver.url, kinds: ['alarm.activated', 'alarm.cleared'] },
    })
    await report(alarm('one', 'known'))
    await receiver.got('what is known', (received) => received.length === 1)
    const tell = await held(
      server,
      sql`
      select 1 as one from webhook_position where organization_id = ${customer.id} and family = 'alarms' for update`,
    )
    const refs = Array.from({ length: moreThanOneLook }, (_, nth) => `storm ${nth}`)
    await report(...refs.map((ref) => alarm('one', ref)), alarm('one', 'known', { clearedTime: '2026-03-14T10:00:00.000Z' }))
    await report(
      alarm('one', 'known', { clearedTime: '2026-03-14T10:00:00.000Z', message: 'Over' }),
      ...refs.map((ref) => alarm('one', ref, { severity: 'CRITICAL' })),
    )
    await tell()
    const count = (kind: string) =>
      server.database.system.rows<{ count: number }>(sql`
      select count(*) as "count" from webhook_delivery where webhook_id = ${webhook.id} and kind = ${kind}`)
    await expect.poll(() => count('alarm.activated'), { timeout: 30_000 }).toEqual([{ count: moreThanOneLook + 1 }])
    expect(await count('alarm.cleared')).toEqual([{ count: 1 }])
    // What a look has told in its first part is not told again in its second.
    await report(alarm('one', 'last'))
    await expect.poll(() => count('alarm.activated'), { timeout: 30_000 }).toEqual([{ count: moreThanOneLook + 2 }])
    await customer.portal.send('DELETE', `/webhooks/${webhook.id}`)
  } finally {
    lines.close()
    await receiver.close()
  }
})

// Last: a thousand of its attempts are still under way when it is over, and would keep others' events waiting on a slow machine.
test('two servers share the work: where more webhooks are due than one has places for, both send', async () => {
  const { portal } = await new Door(server.url, server.dataDir).partner('Sharing')
  const given = { name: 'Desk', url: hook.url, kinds: ['key.expiring'] }
  const { webhook } = await portal.send<{ webhook: { id: string } }>('POST', '/webhooks', given)
  await multiplyWebhook(server.database, webhook.id, moreThanOneTakes, sql`${hook.url}`)
  await plantDeliveries(server.database, 'shared')
  const second = await start({ ...server.config, dataDir: join(server.dataDir, 'second') })
  const sentBy = [0, 0]
  const seen = Promise.withResolvers<void>()
  for (const [nth, context] of [server.context, second.context].entries()) {
    const ask = context.outside
    context.outside = async (asked) => {
      sentBy[nth] = (sentBy[nth] ?? 0) + 1
      await seen.promise
      return ask(asked)
    }
  }
  try {
    await server.database.system.rows(
      sql`update webhook_queue set next_at = statement_timestamp() where webhook_id like 'many %'`,
    )
    await expect.poll(() => Math.min(...sentBy), { timeout: 20_000 }).toBeGreaterThan(0)
  } finally {
    seen.resolve()
    await second.close()
  }
})
