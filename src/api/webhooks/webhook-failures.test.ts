import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Door, PartnerOfTest } from '../../../test/support/door.ts'
import { startWebhookScene, type WebhookScene } from '../../../test/support/webhook-scene.ts'
import { warnOfWebhooks } from '../../jobs/webhook-failures.ts'
import { attemptsMax } from '../../jobs/webhook-retries.ts'

/** A failing attempt's next one is an hour ahead. */
const later = { status: 503, headers: { 'retry-after': '3600' } }

/** More than one list looks at. */
const moreThanOneLook = 20_100

interface Listed {
  kind: string
  state: string
  attempts: number
}

let scene: WebhookScene
let door: Door
let partner: PartnerOfTest
beforeAll(async () => {
  scene = await startWebhookScene()
  ;({ door, partner } = scene)
})
afterAll(() => scene?.close())

/** A webhook of the partner's, with its receiver, and what became of its deliveries, the newest first. */
async function hookOf(more: object) {
  const hook = await scene.receiver()
  const given = { name: 'Desk', url: hook.url, ...more }
  const { webhook } = await partner.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', given)
  const path = `/webhooks/${webhook.id}`
  const outcomes = async () =>
    (await partner.portal.send<{ deliveries: Listed[] }>('GET', `${path}/deliveries`)).deliveries.map(
      ({ kind, state, attempts }) => `${kind} ${state} ${attempts}`,
    )
  const state = async () =>
    (await partner.portal.send<{ webhooks: { id: string }[] }>('GET', '/webhooks')).webhooks.find(({ id }) => id === webhook.id)
  const testIt = () => partner.portal.send<{ deliveryId: string }>('POST', `${path}/tests`, {})
  return { id: webhook.id, path, hook, outcomes, state, testIt }
}

/** Has what waits for a webhook tried, as after so many attempts. */
async function triedAgain(id: string, attempts: number) {
  await scene.run(sql`
    update webhook_delivery set attempts = ${attempts}, next_attempt_at = statement_timestamp() where webhook_id = ${id} and state = 'waiting'`)
  await scene.run(sql`update webhook_queue set next_at = statement_timestamp() where webhook_id = ${id}`)
}

test('the notice of a withdrawal waits neither for an attempt that is not answered, nor for the next attempt at the one before it', async () => {
  const customer = await door.customer('Flapping', partner)
  const consent = `/partnerships/${customer.partnershipId}/consent`
  const { alarm, report } = await scene.site(customer)
  const { path, hook, outcomes } = await hookOf({ kinds: ['alarm.activated', 'coverage.ended'], organizationIds: [customer.id] })
  const isNotice = (text: string) => text.includes('coverage.ended')
  hook.answer(({ text }) => (isNotice(text) ? later : 'silent'))
  await customer.portal.send('DELETE', consent)
  await expect.poll(outcomes).toEqual(['coverage.ended waiting 1'])
  await customer.portal.send('PUT', consent, {})
  await report(alarm('one', 'unanswered'))
  await hook.got('the alarm', (received) => received.some(({ text }) => !isNotice(text)))
  hook.answer(({ text }) => (isNotice(text) ? 204 : 'silent'))
  await customer.portal.send('DELETE', consent)
  await hook.got('both notices', (received) => received.filter(({ status }) => status === 204).length === 2)
  // The alarm's attempt has not ended.
  expect(await outcomes()).toContain('alarm.activated waiting 0')
  await partner.portal.send('DELETE', path)
})

test('of many events of a device, those before one that fails are not sent again, and those behind it wait with it for its next attempt', async () => {
  const customer = await door.customer('Busy', partner)
  const { alarm, report } = await scene.site(customer)
  const { id, path, hook, outcomes } = await hookOf({ kinds: ['alarm.activated'], organizationIds: [customer.id] })
  const refs = Array.from({ length: 20 }, (_, nth) => String.fromCharCode(97 + nth))
  const sent = () => hook.received.map(({ text }) => refs.find((ref) => text.includes(`"alarm ${ref}"`)))
  hook.answer(({ text }) => (text.includes('"alarm c"') ? later : 204))
  await report(...refs.map((ref) => alarm('one', ref)))
  const became = async () => {
    const counts = Map.groupBy(await outcomes(), (outcome) => outcome.replace('alarm.activated ', ''))
    return Object.fromEntries([...counts].map(([outcome, those]) => [outcome, those.length]))
  }
  await expect.poll(became).toEqual({ 'delivered 1': 2, 'waiting 1': 1, 'waiting 0': 17 })
  // The next turn leaves all of them alone.
  await report(alarm('two', 'other'))
  await expect.poll(became).toEqual({ 'delivered 1': 3, 'waiting 1': 1, 'waiting 0': 17 })
  const { deliveries } = await partner.portal.send<{ deliveries: (Listed & { nextAttemptAt?: string })[] }>(
    'GET',
    `${path}/deliveries`,
  )
  const nexts = deliveries.flatMap(({ nextAttemptAt }) => nextAttemptAt ?? [])
  expect(nexts.map((at) => Date.parse(at) - Date.now() > 50 * 60_000)).toEqual([true])
  expect(sent().filter((ref) => ref !== undefined)).toEqual(['a', 'b', 'c'])
  hook.answer(() => 204)
  await scene.makeDue(id)
  await hook.got('the rest', () => sent().includes('t'))
  expect(sent().filter((ref) => ref !== undefined)).toEqual(['a', 'b', 'c', ...refs.slice(2)])
  await partner.portal.send('DELETE', path)
})

test('a receiver that takes nothing is warned of at 50, 70 and 90 % of five days in which something waited for it, however rarely, then disabled', async () => {
  const { id, path, hook, outcomes, state, testIt } = await hookOf({ name: 'Failing', kinds: ['key.expiring'] })
  hook.answer(() => 500)
  await testIt()
  await expect.poll(outcomes).toEqual(['webhook.test waiting 1'])
  const mails = async () => {
    const all = await door.vendor<{ mails: { recipient: string; subject: string }[] }>('GET', '/mails?limit=50')
    const told = all.mails.filter(({ subject }) => /^A webhook (fails|was disabled): Failing$/.test(subject))
    for (const { recipient } of told) expect(recipient).toBe(partner.portal.person.email)
    return told.map(({ subject }) => subject).sort()
  }
  const hour = sql`interval '1 hour'`
  /** As after so many hours more. */
  const after = async (hours: number) => {
    await scene.run(sql`
      update webhook_queue set failing_since = failing_since - ${hours}::float8 * ${hour}, failed_at = failed_at - ${hours}::float8 * ${hour} where webhook_id = ${id}`)
    await Promise.all([warnOfWebhooks(scene.server.context), warnOfWebhooks(scene.server.context)])
    return mails()
  }
  const warned = 'A webhook fails: Failing'
  expect(await after(26)).toEqual([])
  await triedAgain(id, 4)
  await expect.poll(outcomes).toEqual(['webhook.test waiting 5'])
  expect(await after(26)).toEqual([])
  await triedAgain(id, attemptsMax - 1)
  await expect.poll(outcomes).toEqual([`webhook.test failed ${attemptsMax}`])
  // Nothing waits, and no time counts.
  expect(await after(500)).toEqual([])
  expect(await state()).toMatchObject({ enabled: true, failingSince: expect.any(String) })
  await testIt()
  await expect.poll(outcomes).toContain('webhook.test waiting 1')
  expect(await after(9)).toEqual([warned])
  expect(await after(15)).toEqual([warned])
  await triedAgain(id, 3)
  await expect.poll(outcomes).toContain('webhook.test waiting 4')
  expect(await after(9)).toEqual([warned, warned])
  await triedAgain(id, 4)
  await expect.poll(outcomes).toContain('webhook.test waiting 5')
  expect(await after(24)).toEqual([warned, warned, warned])
  expect(await state()).toMatchObject({ enabled: true })
  await triedAgain(id, 5)
  await expect.poll(outcomes).toContain('webhook.test waiting 6')
  expect(await after(13)).toEqual([warned, warned, warned, 'A webhook was disabled: Failing'])
  expect(await state()).toMatchObject({ enabled: false, disabledReason: 'failing', waiting: 1 })

  hook.answer(() => 204)
  await partner.portal.send('PATCH', path, { enabled: true })
  await hook.got('what waited', () => hook.events().length === 1)
  await expect.poll(state).toMatchObject({ enabled: true, waiting: 0 })
  expect(await state()).not.toHaveProperty('failingSince')
})

test('what a replaced address answers, 410 or the last failure, is not held against the one that replaced it, which is tried at once', async () => {
  const { id, path, hook, outcomes, state, testIt } = await hookOf({ name: 'Moving', kinds: ['key.expiring'] })
  const next = await scene.receiver()
  hook.answer(() => later)
  const { deliveryId } = await testIt()
  await expect.poll(outcomes).toEqual(['webhook.test waiting 1'])
  const held = Promise.withResolvers<void>()
  let isTried = false
  hook.answer(async () => {
    isTried = true
    await held.promise
    return 410
  })
  await triedAgain(id, attemptsMax - 1)
  await expect.poll(() => isTried).toBe(true)
  await partner.portal.send('PATCH', path, { url: next.url })
  held.resolve()
  await next.got('the same', (received) => received.length === 1)
  const log = async () => (await partner.portal.send<{ log: object[] }>('GET', `${path}/deliveries/${deliveryId}`)).log
  await expect.poll(log).toMatchObject([{ status: 204 }, { status: 410 }, { status: 503 }])
  expect(await state()).toMatchObject({ enabled: true, failed: 0 })
  expect(await state()).not.toHaveProperty('failingSince')
  await partner.portal.send('DELETE', path)
})

test('what had arrived stays delivered where it is to be sent again and is not covered any more', async () => {
  const customer = await door.customer('Once', partner)
  const { alarm, report } = await scene.site(customer)
  const { path, hook, outcomes } = await hookOf({ kinds: ['alarm.activated'], organizationIds: [customer.id] })
  hook.answer(({ text }) => (text.includes('alarm b') ? later : 204))
  await report(alarm('one', 'a'), alarm('one', 'b'))
  await expect.poll(async () => (await outcomes()).sort()).toEqual(['alarm.activated delivered 1', 'alarm.activated waiting 1'])
  await customer.portal.send('DELETE', `/partnerships/${customer.partnershipId}/consent`)
  await expect.poll(async () => (await outcomes()).sort()).toEqual(['alarm.activated delivered 1', 'alarm.activated withheld 1'])
  const from = new Date(Date.now() - 3_600_000).toISOString()
  await partner.portal.send('POST', `${path}/deliveries`, { from, state: 'delivered' })
  await expect.poll(async () => (await outcomes()).sort()).toEqual(['alarm.activated delivered 0', 'alarm.activated withheld 1'])
  expect(hook.received).toHaveLength(2)
  await partner.portal.send('DELETE', path)
})

test('deliveries are found by state, kind and customer, in a long log part by part; one that is not there is no place to go on from', async () => {
  const customer = await door.customer('Found', partner)
  const { id, path, testIt } = await hookOf({ kinds: ['alarm.activated'] })
  const { deliveryId } = await testIt()
  const found = (query: object) =>
    partner.portal.send<{ deliveries: { id: string }[]; next?: string }>(
      'GET',
      `${path}/deliveries?${new URLSearchParams({ ...query })}`,
    )
  await expect.poll(async () => (await found({ state: 'delivered' })).deliveries).toMatchObject([{ id: deliveryId }])
  await scene.run(sql`
    insert into webhook_delivery (id, webhook_id, organization_id, needs, kind, lane, place, ordinal, body, accepted_at, created_at, state, settled_at)
    select 'found ' || n, ${id}, case when n % 100 = 0 then ${customer.id} end, 'nothing', 'alarm.updated', 'x', n, n, '{}', now(),
           now() + make_interval(secs => n), case when n in (7, 9) then 'failed' else 'delivered' end, now()
      from generate_series(1, ${moreThanOneLook}::integer) n`)
  expect((await found({ state: 'failed' })).deliveries).toMatchObject([{ id: 'found 9' }, { id: 'found 7' }])
  expect((await found({ organizationId: customer.id, limit: '2' })).deliveries).toMatchObject([
    { id: `found ${moreThanOneLook}`, organizationId: customer.id },
    { id: `found ${moreThanOneLook - 100}`, organizationId: customer.id },
  ])
  expect((await found({ organizationId: customer.id, kind: 'webhook.test' })).deliveries).toEqual([])
  const first = await found({ kind: 'webhook.test' })
  expect(first.deliveries).toEqual([])
  expect(await found({ kind: 'webhook.test', before: first.next })).toMatchObject({ deliveries: [{ id: deliveryId }] })
  await expect(found({ before: 'found-0' })).rejects.toThrow(/400[\s\S]*query\.before/)
  await partner.portal.send('DELETE', path)
  const orphans = sql`select 1 as one from webhook_attempt a where not exists (select from webhook_delivery d where d.id = a.delivery_id)`
  expect(await scene.run(orphans)).toEqual([])
})
