import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Door, PartnerOfTest } from '../../../test/support/door.ts'
import { multiplyWebhook, plantDeliveries } from '../../../test/support/planted-webhooks.ts'
import { startWebhookScene, type WebhookScene } from '../../../test/support/webhook-scene.ts'
import { insideOf } from '../../address-settings.ts'
import { outsideAsk } from '../../outside/ask.ts'

/** More feeds than one look goes through. */
const unwantedCount = 120
/** More than there are places for webhooks that fail and answer soon. */
const silentCount = 40
/** From then on an answer about coverage is too old to send by. */
const tooOldMs = 1_000
/** An attempt that is not answered ends then. */
const attemptMs = 15_000
/** A failing attempt's next one is an hour ahead. */
const later = { status: 503, headers: { 'retry-after': '3600' } }

interface Listed {
  kind: string
  state: string
  attempts: number
  nextAttemptAt?: string
}

let scene: WebhookScene
let door: Door
let partner: PartnerOfTest
/** A delivery whose receiver never answers: begun before the tests, since its attempt takes its time beside them. */
let unanswered: string
let silentPath: string
beforeAll(async () => {
  scene = await startWebhookScene()
  ;({ door, partner } = scene)
  const silent = await scene.receiver()
  silent.answer(() => 'silent')
  const given = { name: 'Silent', url: silent.url, kinds: ['key.expiring'] }
  const { webhook } = await partner.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', given)
  silentPath = `/webhooks/${webhook.id}`
  const { deliveryId } = await partner.portal.send<{ deliveryId: string }>('POST', `${silentPath}/tests`, {})
  unanswered = `${silentPath}/deliveries/${deliveryId}`
})
afterAll(() => scene?.close())

/** A webhook that hears of a customer's alarms, and of what it shares; with its receiver. */
async function hookOf(customer: { id: string }, host = '127.0.0.1') {
  const hook = await scene.receiver()
  const { webhook } = await partner.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', {
    ...{ name: 'Desk', url: hook.url.replace('127.0.0.1', host), organizationIds: [customer.id] },
    kinds: ['alarm.activated', 'coverage.changed'],
  })
  const path = `/webhooks/${webhook.id}`
  const deliveries = async () =>
    (await partner.portal.send<{ deliveries: Listed[] }>('GET', `${path}/deliveries`)).deliveries.filter(
      ({ kind }) => kind === 'alarm.activated',
    )
  const states = async () => (await deliveries()).map(({ state, attempts }) => `${state} ${attempts}`).sort()
  const labels = () =>
    (hook.events() as unknown as { data: { alarm?: { label: string } } }[]).flatMap(({ data }) => data.alarm?.label ?? [])
  return { id: webhook.id, path, hook, deliveries, states, labels }
}

/** Whether a process is at a webhook. */
const claimed = (id: string) => sql`select 1 as one from webhook_queue where webhook_id = ${id} and claimed_until is not null`

test('feeds that no webhook wants stand in nobody’s way, and are not told later', async () => {
  const wanted = await door.customer('Wanted', partner)
  const { path, hook, labels } = await hookOf(wanted)
  const unwanted = await scene.site(await door.customer('Unwanted', partner))
  await unwanted.report(unwanted.alarm('one', 'unwanted'))
  // Each has its organization in its inventory, as any customer.
  await scene.run(sql`
    insert into company (kind, name) select 'customer', 'Unwanted ' || n from generate_series(1, ${unwantedCount}::integer) n`)
  const { alarm, report } = await scene.site(wanted)
  await report(alarm('one', 'first'))
  await hook.got('the wanted one', () => labels().includes('alarm first'))
  await partner.portal.send('PATCH', path, { organizationIds: null })
  await report(alarm('one', 'second'))
  await hook.got('the next one', () => labels().includes('alarm second'))
  expect(labels()).toEqual(['alarm first', 'alarm second'])
  await partner.portal.send('DELETE', path)
})

test('what was being tried when its coverage ended is withheld, neither tried again nor a failure, and keeps no place of its device', async () => {
  const customer = await door.customer('Ending', partner)
  const consent = `/partnerships/${customer.partnershipId}/consent`
  const { alarm, report } = await scene.site(customer)
  const { id, path, hook, states, labels } = await hookOf(customer)
  const held = Promise.withResolvers<void>()
  let tried = 0
  hook.answer(async ({ text }) => {
    if (!text.includes('alarm before')) return 204
    tried += 1
    await held.promise
    return later
  })
  await report(alarm('one', 'before'), alarm('one', 'behind'))
  await expect.poll(() => tried).toBe(1)
  await customer.portal.send('DELETE', consent)
  // The change was told, and what waited looked at, while the attempt was still under way.
  await expect.poll(() => scene.run(sql`select 1 as one from coverage_head where head > told`)).toEqual([])
  held.resolve()
  await expect.poll(states).toEqual(['withheld 0', 'withheld 1'])
  const { webhooks } = await partner.portal.send<{ webhooks: { id: string }[] }>('GET', '/webhooks')
  expect(webhooks.find((one) => one.id === id)).not.toHaveProperty('failingSince')
  await customer.portal.send('PUT', consent, {})
  await report(alarm('one', 'new'))
  await hook.got('the new one', () => labels().length > 0)
  expect([labels(), tried]).toEqual([['alarm new'], 1])
  await partner.portal.send('DELETE', path)
})

test('what waits an hour for its next attempt, as its receiver asked, keeps no place once its kind of data is not shared, or consent is withdrawn and given again at once', async () => {
  const customer = await door.customer('Narrowing', partner)
  const consent = `/partnerships/${customer.partnershipId}/consent`
  const { alarm, report } = await scene.site(customer)
  const { path, hook, deliveries, states, labels } = await hookOf(customer)
  hook.answer(({ text }) => (text.includes('alarm old') ? later : 204))
  await report(alarm('one', 'old 1'))
  await expect.poll(states).toEqual(['waiting 1'])
  const nextAt = Date.parse((await deliveries())[0]?.nextAttemptAt ?? '')
  expect((nextAt - Date.now()) / 60_000).toBeGreaterThan(50)
  await customer.portal.send('PUT', consent, { kinds: { inventory: true, alarms: false, sensors: true } })
  await expect.poll(states).toEqual(['withheld 1'])
  await customer.portal.send('PUT', consent, { kinds: { inventory: true, alarms: true, sensors: true } })
  await report(alarm('one', 'new 1'), alarm('two', 'old 2'))
  await expect.poll(states).toEqual(['delivered 1', 'waiting 1', 'withheld 1'])
  const changes = () => hook.events().flatMap(({ type, data }) => (type === 'coverage.changed' ? [data.kinds] : []))
  await hook.got('both changes', () => changes().length === 2)
  expect(changes()).toEqual([
    ['inventory', 'sensors'],
    ['inventory', 'alarms', 'sensors'],
  ])
  await customer.portal.send('DELETE', consent)
  await customer.portal.send('PUT', consent, {})
  await report(alarm('two', 'new 2'))
  await expect.poll(states).toEqual(['delivered 1', 'delivered 1', 'withheld 1', 'withheld 1'])
  expect(labels()).toEqual(['alarm new 1', 'alarm new 2'])
  await partner.portal.send('DELETE', path)
})

test('what is sent again goes before what still waits of its device, also where it fails once more', async () => {
  const customer = await door.customer('Again', partner)
  const { alarm, report } = await scene.site(customer)
  const { id, path, hook, states, labels } = await hookOf(customer)
  hook.answer(({ text }) => (text.includes('alarm d') ? later : 204))
  await report(...['a', 'b', 'c', 'd'].map((ref) => alarm('one', ref)))
  await expect.poll(states).toEqual(['delivered 1', 'delivered 1', 'delivered 1', 'waiting 1'])
  hook.answer(() => later)
  const range = { from: new Date(Date.now() - 3_600_000).toISOString(), state: 'delivered' }
  expect(await partner.portal.send('POST', `${path}/deliveries`, range)).toEqual({ resent: 3 })
  await expect.poll(states).toEqual(['waiting 0', 'waiting 0', 'waiting 1', 'waiting 1'])
  hook.answer(() => 204)
  await scene.makeDue(id)
  await hook.got('all of them', () => labels().length === 7)
  expect(labels()).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'd'].map((ref) => `alarm ${ref}`))
  await partner.portal.send('DELETE', path)
})

test('what a receiver missed shows as a gap between the offsets, and the feed has it', async () => {
  const customer = await door.customer('Gap', partner)
  const { alarm, report } = await scene.site(customer)
  const { path, hook, states, labels } = await hookOf(customer)
  await report(alarm('one', 'known'))
  await expect.poll(states).toEqual(['delivered 1'])
  hook.answer(({ text }) => (text.includes('alarm missed') ? later : 204))
  await report(alarm('one', 'missed'))
  await expect.poll(states).toEqual(['delivered 1', 'waiting 1'])
  await report(alarm('two', 'next'))
  await hook.got('the next one', () => labels().length === 2)
  expect(labels()).toEqual(['alarm known', 'alarm next'])
  const [known, next] = hook.events().map(({ data }) => data as unknown as { offset: number; previousOffset: number })
  expect(next?.previousOffset).toBeGreaterThan(known?.offset as number)
  const { secret } = await door.key(partner.portal, 'all')
  const changedAfter = async (offset: number | undefined) => {
    const { text } = await scene.lines.get(
      `${scene.server.url}/rest/v1/organizations/${customer.id}/alarm-changes/${offset}`,
      secret,
    )
    return (JSON.parse(text) as { alarms: { label: string }[] }).alarms.map(({ label }) => label)
  }
  expect(await changedAfter(known?.offset)).toEqual(['alarm missed', 'alarm next'])
  expect(await changedAfter(next?.previousOffset)).toEqual(['alarm next'])
  await partner.portal.send('DELETE', path)
})

test('where connecting takes longer than a second, coverage is asked again: nothing is sent of what was withdrawn meanwhile', async () => {
  const customer = await door.customer('Slowly reached', partner)
  const { alarm, report } = await scene.site(customer)
  const { id, path, hook, states } = await hookOf(customer, 'slow.example')
  let lookUps = 0
  let withdrawn = Promise.resolve()
  scene.server.context.outside = outsideAsk(insideOf(['127.0.0.1']), async () => {
    lookUps += 1
    await Promise.all([withdrawn, new Promise((resolve) => setTimeout(resolve, tooOldMs))])
    return [{ address: '127.0.0.1', family: 4 }]
  })
  await report(alarm('one', 'covered'))
  await expect.poll(states).toEqual(['delivered 1'])
  const { promise, resolve } = Promise.withResolvers<void>()
  withdrawn = promise
  await report(alarm('one', 'withdrawn'))
  await expect.poll(() => lookUps).toBe(2)
  await customer.portal.send('DELETE', `/partnerships/${customer.partnershipId}/consent`)
  resolve()
  await expect.poll(states).toEqual(['delivered 1', 'withheld 0'])
  expect(hook.received).toHaveLength(1)

  // Nor where the webhook is disabled meanwhile: but that is sent once it is enabled again.
  const disabling = Promise.withResolvers<void>()
  withdrawn = disabling.promise
  const { deliveryId } = await partner.portal.send<{ deliveryId: string }>('POST', `${path}/tests`, {})
  await expect.poll(() => lookUps).toBe(3)
  await partner.portal.send('PATCH', path, { enabled: false })
  disabling.resolve()
  await expect.poll(() => scene.run(claimed(id))).toEqual([])
  expect(await partner.portal.send('GET', `${path}/deliveries/${deliveryId}`)).toMatchObject({ state: 'waiting', attempts: 0 })
  expect(hook.received).toHaveLength(1)
  await partner.portal.send('PATCH', path, { enabled: true })
  await hook.got('the test', (received) => received.length === 2)
  await partner.portal.send('DELETE', path)
})

test('receivers that have failed, and answer nothing, keep no other one waiting that has failed', async () => {
  const [silent, failed] = [await scene.receiver(), await scene.receiver()]
  silent.answer(() => 'silent')
  const send = async (url: string) =>
    (await partner.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', { name: 'Desk', url, kinds: ['key.expiring'] }))
      .webhook.id
  const [model, id] = [await send(silent.url), await send(failed.url)]
  await multiplyWebhook(scene.server.database, model, silentCount, sql`${silent.url}`)
  await plantDeliveries(scene.server.database, 'silent')
  await scene.run(
    sql`update webhook_queue set failing_since = statement_timestamp() where webhook_id = ${id} or webhook_id like 'many %'`,
  )
  await scene.run(sql`update webhook_queue set next_at = statement_timestamp() where webhook_id like 'many %'`)
  await silent.got('most of the silent ones', (received) => received.length >= silentCount / 2)
  await partner.portal.send('POST', `/webhooks/${id}/tests`, {})
  await failed.got('the test', (received) => received.length === 1)
  // None of their attempts has ended, and given its place back.
  expect(
    await scene.run(sql`
      select 1 as one from webhook_attempt a join webhook_delivery d on d.id = a.delivery_id where d.webhook_id like 'many %'`),
  ).toEqual([])
  // The queue first, as whoever settles their attempts does.
  await scene.run(sql`
    delete from webhook w
     using (select q.webhook_id from webhook_queue q where q.webhook_id like 'many %' order by q.webhook_id for update) l
     where w.id = l.webhook_id`)
  for (const one of [model, id]) await partner.portal.send('DELETE', `/webhooks/${one}`)
})

test('an attempt that is not answered within 15 s ends, and the log says so', async () => {
  const first = async () =>
    (await partner.portal.send<{ log: { tookMs: number }[] }>('GET', unanswered)).log.at(-1) ?? { tookMs: 0 }
  const ended = { number: 1, error: 'There was no answer in time.', address: '127.0.0.1' }
  await expect.poll(first, { timeout: 30_000 }).toMatchObject(ended)
  expect((await first()).tookMs).toBeGreaterThanOrEqual(attemptMs - 10)
  await partner.portal.send('DELETE', silentPath)
})

test('where the database fails as coverage is asked again, its receiver has not failed, and is sent it a little later', async () => {
  const hook = await scene.receiver()
  const given = { name: 'Desk', url: hook.url, kinds: ['key.expiring'] }
  const { webhook } = await partner.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', given)
  const ask = outsideAsk(insideOf(['127.0.0.1']))
  const { database } = scene.server
  let failures = 0
  scene.server.context.outside = (asked) =>
    ask({
      ...asked,
      ready: async () => {
        if (failures > 0) return asked.ready?.() ?? true
        failures += 1
        await new Promise((resolve) => setTimeout(resolve, tooOldMs))
        await database.script('alter view covered_webhook_delivery rename to gone_webhook_delivery')
        try {
          return (await asked.ready?.()) ?? true
        } finally {
          await database.script('alter view gone_webhook_delivery rename to covered_webhook_delivery')
        }
      },
    })
  const { deliveryId } = await partner.portal.send<{ deliveryId: string }>('POST', `/webhooks/${webhook.id}/tests`, {})
  await hook.got('the test', (received) => received.length === 1)
  const path = `/webhooks/${webhook.id}/deliveries/${deliveryId}`
  await expect.poll(() => partner.portal.send('GET', path)).toMatchObject({ state: 'delivered', attempts: 1, lastStatus: 204 })
  expect(failures).toBe(1)
})
