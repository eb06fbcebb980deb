import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Door, PartnerOfTest } from '../../../test/support/door.ts'
import type { Receiver } from '../../../test/support/receiver.ts'
import type { TestServer } from '../../../test/support/server.ts'
import { startWebhookScene, type WebhookScene } from '../../../test/support/webhook-scene.ts'
import { tellOfGateways } from '../../jobs/tell-webhooks.ts'

/** A failing attempt's next one is an hour ahead. */
const later = { status: 503, headers: { 'retry-after': '3600' } }

let scene: WebhookScene
let server: TestServer
let door: Door
let partner: PartnerOfTest
beforeAll(async () => {
  scene = await startWebhookScene()
  ;({ server, door, partner } = scene)
})
afterAll(() => scene?.close())

async function hookOf(portal: PartnerOfTest['portal'], more: object): Promise<{ id: string; hook: Receiver }> {
  const hook = await scene.receiver()
  const { webhook } = await portal.send<{ webhook: { id: string } }>('POST', '/webhooks', {
    name: 'Desk',
    url: hook.url,
    ...more,
  })
  return { id: webhook.id, hook }
}
const states = async (id: string) =>
  (await partner.portal.send<{ webhooks: { id: string }[] }>('GET', '/webhooks')).webhooks.find((one) => one.id === id)

test('whoever asks for a severity hears of an alarm that has had it until its end, and the format alarms names the worst that it was', async () => {
  const customer = await door.customer('Easing', partner)
  const { alarm, report } = await scene.site(customer)
  const add = async (more: object) => {
    const hook = await scene.receiver()
    const kinds = ['alarm.activated', 'alarm.updated', 'alarm.cleared']
    const given = { name: 'Desk', url: hook.url, organizationIds: [customer.id], kinds, ...more }
    const { webhook } = await partner.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', given)
    return { hook, path: `/webhooks/${webhook.id}` }
  }
  const critical = await add({ severities: ['CRITICAL'] })
  const any = await add({ format: 'alarms', authorization: { scheme: 'bearer', token: 'desk' } })
  const peaks = () => any.hook.received.map(({ text }) => JSON.parse(text)[0].current_severity_peak as string)
  const states = [
    { severity: 'WARNING' },
    { severity: 'CRITICAL' },
    { severity: 'INFO' },
    { severity: 'INFO', clearedTime: '2026-03-14T11:00:00.000Z' },
    // Active once more, and never critical since.
    { severity: 'WARNING', activatedTime: '2026-03-14T12:00:00.000Z' },
    { severity: 'CRITICAL', activatedTime: '2026-03-14T12:00:00.000Z' },
  ] as const
  for (const [nth, state] of states.entries()) {
    await report(alarm('one', 'easing', state))
    await any.hook.got(`state ${nth}`, (received) => received.length === nth + 1)
  }
  expect(peaks()).toEqual(['WARNING', 'CRITICAL', 'CRITICAL', 'CRITICAL', 'WARNING', 'CRITICAL'])
  const told = () =>
    critical.hook.events().map(({ type, data }) => [type, (data.alarm as unknown as { severity: string }).severity])
  await critical.hook.got('what was critical', () => told().length === 4)
  expect(told()).toEqual([
    ['alarm.updated', 'CRITICAL'],
    ['alarm.updated', 'INFO'],
    ['alarm.cleared', 'INFO'],
    ['alarm.updated', 'CRITICAL'],
  ])
  for (const { path } of [critical, any]) await partner.portal.send('DELETE', path)
})

test('ends that time alone brings are told, each with its reason', async () => {
  const consenting = await door.customer('Until then', partner)
  const subscribed = await door.customer('Paid until then', partner, { subscription: false })
  const hook = await scene.receiver()
  const { webhook } = await partner.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', {
    ...{ name: 'Desk', url: hook.url, kinds: ['coverage.ended'] },
    organizationIds: [consenting.id, subscribed.id],
  })
  const endsAt = new Date(Date.now() + 5_000).toISOString()
  await door.subscribe(subscribed.id, endsAt)
  await consenting.portal.send('PUT', `/partnerships/${consenting.partnershipId}/consent`, { endsAt })
  await hook.got('both ends', () => hook.events().length === 2)
  const told = hook.events().map(({ data }) => [data.organizationId, data.covered, data.reason])
  expect(told).toContainEqual([consenting.id, false, 'consent_expired'])
  expect(told).toContainEqual([subscribed.id, false, 'subscription_ended'])
  await partner.portal.send('DELETE', `/webhooks/${webhook.id}`)
})

test('a customer is told when its subscription ends and begins, since its own keys read its data no longer and again', async () => {
  const customer = await door.customer('Own', partner)
  const { hook } = await hookOf(customer.portal, { kinds: ['coverage.started', 'coverage.changed', 'coverage.ended'] })
  // What it shares with its partner changes nothing of what it covers itself.
  await customer.portal.send('PUT', `/partnerships/${customer.partnershipId}/consent`, {
    kinds: { inventory: true, alarms: false, sensors: false },
  })
  await door.vendor('POST', `/subscriptions/${customer.subscriptionId}/termination`)
  await hook.got('the end', () => hook.events().length === 1)
  await door.subscribe(customer.id)
  await hook.got('the beginning', () => hook.events().length === 2)
  expect(hook.events().map(({ type, data }) => [type, data.organizationId, data.covered, data.reason])).toEqual([
    ['coverage.ended', customer.id, false, 'subscription_ended'],
    ['coverage.started', customer.id, true, 'subscription_started'],
  ])
})

test('what became of gateways while nobody listened is not told as new to whoever listens next', async () => {
  const customer = await door.customer('Unheard', partner)
  await scene.site(customer)
  const kinds = ['gateway.offline', 'gateway.online']
  const former = await hookOf(customer.portal, { kinds })
  await tellOfGateways(server.context)
  await customer.portal.send('DELETE', `/webhooks/${former.id}`)
  await scene.run(sql`update webhook set enabled = false, disabled_reason = 'by hand' where kinds && ${kinds}::text[]`)
  await scene.run(sql`update gateway_contact set contact_at = contact_at - interval '16 minutes'`)
  await tellOfGateways(server.context)
  const { hook } = await hookOf(customer.portal, { kinds })
  await tellOfGateways(server.context)
  await scene.run(sql`update gateway_contact set contact_at = statement_timestamp()`)
  await tellOfGateways(server.context)
  await hook.got('the return', () => hook.events().length > 0)
  expect(hook.events().map(({ type }) => type)).toEqual(['gateway.online'])
})

test('what stands behind the server in an address of a webhook, which may open the receiver, is in no act and no mail', async () => {
  const { id, hook } = await hookOf(partner.portal, { name: 'Closed', kinds: ['key.expiring'] })
  const first = `${hook.url}/opens-1?opens-2`
  await partner.portal.send('PATCH', `/webhooks/${id}`, { url: first })
  hook.answer(() => 410)
  await partner.portal.send('POST', `/webhooks/${id}/tests`, {})
  await expect.poll(async () => (await states(id)) as unknown).toMatchObject({ disabledReason: 'gone' })
  // As versions before 0047 recorded it.
  const old = [JSON.stringify({ kind: 'webhook', id }), JSON.stringify({ url: `${hook.url}/opens-0` })]
  await scene.run(sql`select record_act('webhook.changed', array[${partner.id}::text], ${old[0]}::jsonb, ${old[1]}::jsonb, '{}')`)
  type Ask = (method: string, path: string) => Promise<{ acts: { record: string; withheld?: boolean }[]; faults: object[] }>
  const asking: Ask[] = [(...asked) => door.vendor(...asked), (...asked) => partner.portal.send(...asked)]
  for (const ask of asking) {
    const { acts } = await ask('GET', '/acts?limit=1000')
    const urls = acts.flatMap(({ record, withheld = false }) => {
      const { subject, details } = JSON.parse(record)
      return subject.id === id && details.url !== undefined ? [[details.url, withheld]] : []
    })
    expect(urls).toEqual([
      [hook.url, false],
      [hook.url, false],
      [hook.url, true],
    ])
    const activity = JSON.stringify(await ask('GET', '/activity?limit=50'))
    expect(activity).toContain(hook.url)
    expect(activity).not.toContain('opens-')
    expect((await ask('GET', '/acts/verification')).faults).toEqual([])
  }
  const { mails } = await door.vendor<{ mails: { id: string; subject: string }[] }>('GET', '/mails?limit=50')
  const mail = mails.find(({ subject }) => subject === 'A webhook was disabled: Closed')
  const text = JSON.stringify(await door.vendor('GET', `/mails/${mail?.id}`))
  expect(text).toContain(hook.url)
  expect(text).not.toContain('opens-')
  expect((await partner.portal.send<{ webhooks: { id: string; url: string }[] }>('GET', '/webhooks')).webhooks).toContainEqual(
    expect.objectContaining({ id, url: first }),
  )
})

test('an event names the one before it only where nothing was passed since: not after its webhook was enabled again, or its coverage began anew', async () => {
  const customer = await door.customer('Passing', partner)
  const consent = `/partnerships/${customer.partnershipId}/consent`
  const { alarm, report } = await scene.site(customer)
  const { id, hook } = await hookOf(partner.portal, {
    organizationIds: [customer.id],
    kinds: ['alarm.activated', 'coverage.ended'],
  })
  const gaps = [
    ['disabled', () => partner.portal.send('PATCH', `/webhooks/${id}`, { enabled: false })],
    ['enabled', () => partner.portal.send('PATCH', `/webhooks/${id}`, { enabled: true })],
    ['withdrawn', () => customer.portal.send('DELETE', consent)],
    ['given', () => customer.portal.send('PUT', consent, {})],
  ] as const
  const told = (type: string) =>
    hook
      .events()
      .flatMap((one) => (one.type === type ? [one.data as unknown as { offset: number; previousOffset?: number }] : []))
  let count = 0
  const tell = async () => {
    count += 1
    await report(alarm('one', `told ${count}`))
    await hook.got(`alarm ${count}`, () => told('alarm.activated').length === count)
  }
  for (let nth = 0; nth < 2; nth += 1) await tell()
  for (const [what, act] of gaps) {
    await act()
    if (what === 'withdrawn') await hook.got('the end', () => told('coverage.ended').length === 1)
    if (what === 'disabled' || what === 'withdrawn') await report(alarm('two', what))
    else for (let nth = 0; nth < 2; nth += 1) await tell()
  }
  const alarms = told('alarm.activated')
  const before = alarms.map((_, nth) => (nth % 2 === 0 ? undefined : alarms[nth - 1]?.offset))
  expect(alarms.map(({ previousOffset }) => previousOffset)).toEqual(before)
  await partner.portal.send('PATCH', `/webhooks/${id}`, { enabled: false })
  await gaps[2][1]()
  await gaps[3][1]()
  await partner.portal.send('PATCH', `/webhooks/${id}`, { enabled: true })
  await gaps[2][1]()
  await hook.got('the next end', () => told('coverage.ended').length === 2)
  await gaps[3][1]()
  await gaps[2][1]()
  await hook.got('the last end', () => told('coverage.ended').length === 3)
  const ends = told('coverage.ended')
  expect(ends.map(({ previousOffset }) => previousOffset)).toEqual([undefined, undefined, ends[1]?.offset])
  await partner.portal.send('DELETE', `/webhooks/${id}`)
})

test('that a customer is covered is told also where it has changed since: what waits of it is sent, and what nobody was told of is no mere change', async () => {
  const { id, hook } = await hookOf(partner.portal, { kinds: ['coverage.started'] })
  const both = await hookOf(partner.portal, { kinds: ['coverage.started', 'coverage.changed'] })
  const kindsOf = (...kinds: string[]) => ({
    kinds: Object.fromEntries(['inventory', 'alarms', 'sensors'].map((kind) => [kind, kinds.includes(kind)])),
  })
  hook.answer(() => later)
  const waiting = await door.customer('Waiting', partner)
  await hook.got('the first attempt', (received) => received.length === 1)
  const deliveries = async () => {
    const rows = await scene.run(sql`select state, attempts from webhook_delivery where webhook_id = ${id}`)
    return (rows as { state: string; attempts: number }[]).map(({ state, attempts }) => `${state} ${attempts}`)
  }
  await expect.poll(deliveries).toEqual(['waiting 1'])
  hook.answer(() => 204)
  await waiting.portal.send('PUT', `/partnerships/${waiting.partnershipId}/consent`, kindsOf('inventory'))
  await expect.poll(deliveries).toEqual(['delivered 2'])

  const told = () => both.hook.events().map(({ type, data }) => [type, data.organizationId, data.kinds])
  await both.hook.got('the change', () => told().length === 2)
  // As where nobody looks for what is to be told, for as long as it takes to change.
  const lookAgain = (inHours: number) =>
    scene.run(sql`
      update coverage_head set next_at = statement_timestamp() + make_interval(hours => ${inHours}::integer) where company_id = ${partner.id}`)
  await lookAgain(1)
  const hasty = await door.customer('Hasty', partner)
  await hasty.portal.send('PUT', `/partnerships/${hasty.partnershipId}/consent`, kindsOf('alarms'))
  await lookAgain(0)
  await both.hook.got('the beginning', () => told().length === 3)
  expect(told()).toEqual([
    ['coverage.started', waiting.id, ['inventory', 'alarms', 'sensors']],
    ['coverage.changed', waiting.id, ['inventory']],
    ['coverage.started', hasty.id, ['alarms']],
  ])
  await hook.got('both beginnings', () => hook.events().length === 2)
  for (const webhook of [id, both.id]) await partner.portal.send('DELETE', `/webhooks/${webhook}`)
})

test('what is told of a device, its alarms and its own changes, arrives in the order in which it was accepted, one that fails holding up its device alone', async () => {
  const customer = await door.customer('Ordered', partner)
  const { alarm, inventory, report } = await scene.site(customer)
  const { id, hook } = await hookOf(partner.portal, {
    organizationIds: [customer.id],
    kinds: ['alarm.activated', 'device.changed', 'device.removed'],
  })
  const told = () =>
    (hook.events() as unknown as { type: string; data: { alarm?: { label: string }; device?: { label: string } } }[]).map(
      ({ type, data }) => (data.alarm ?? data.device)?.label ?? type,
    )
  hook.answer(({ text }) => (text.includes('alarm held') ? later : 204))
  await report(alarm('one', 'held'))
  await inventory({ one: { label: 'Renamed' }, two: { label: 'Other' } })
  await report(alarm('one', 'next'), alarm('two', 'other'))
  await hook.got('what is told of the other device', () => told().length === 2)
  await inventory({ two: { label: 'Other' } })
  expect(told()).toEqual(['Other', 'alarm other'])
  hook.answer(() => 204)
  await scene.makeDue(id)
  await hook.got('the rest', () => told().length === 6)
  expect(told().slice(2)).toEqual(['alarm held', 'Renamed', 'alarm next', 'device.removed'])
  await partner.portal.send('DELETE', `/webhooks/${id}`)
})

test('an attempt that its receiver leaves without an answer keeps its device waiting, and no other one, however often that has news', async () => {
  const customer = await door.customer('Hanging', partner)
  const { alarm, report } = await scene.site(customer)
  const { id, hook } = await hookOf(partner.portal, { organizationIds: [customer.id], kinds: ['alarm.activated'] })
  hook.answer(({ text }) => (text.includes('alarm hangs') ? 'silent' : 204))
  const labels = () =>
    hook.received.map(({ text }) => (JSON.parse(text) as { data: { alarm: { label: string } } }).data.alarm.label)
  await report(alarm('one', 'hangs'), alarm('one', 'behind'))
  await hook.got('the one that hangs', () => labels().includes('alarm hangs'))
  const others = ['first', 'second', 'third'].map((ref) => alarm('two', ref))
  for (const [nth, one] of others.entries()) {
    await report(one)
    await hook.got(one.label, () => labels().length === nth + 2)
  }
  expect(labels()).toEqual(['alarm hangs', ...others.map(({ label }) => label)])
  const states = async () => {
    const { deliveries } = await partner.portal.send<{ deliveries: { state: string; attempts: number }[] }>(
      'GET',
      `/webhooks/${id}/deliveries`,
    )
    return deliveries.map(({ state, attempts }) => `${state} ${attempts}`).sort()
  }
  await expect.poll(states).toEqual(['delivered 1', 'delivered 1', 'delivered 1', 'waiting 0', 'waiting 0'])
  await partner.portal.send('DELETE', `/webhooks/${id}`)
})
