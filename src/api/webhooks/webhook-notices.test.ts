import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Door, PartnerOfTest } from '../../../test/support/door.ts'
import type { Receiver } from '../../../test/support/receiver.ts'
import type { TestServer } from '../../../test/support/server.ts'
import { startWebhookScene, type WebhookScene } from '../../../test/support/webhook-scene.ts'
import { tellOfGateways, tellOfKeys } from '../../jobs/tell-webhooks.ts'

const waitingMax = 100
const dayMs = 24 * 60 * 60_000

interface Listed {
  id: string
  enabled: boolean
  disabledReason?: string
  waiting: number
}

let scene: WebhookScene
let server: TestServer
let door: Door
let partner: PartnerOfTest
beforeAll(async () => {
  scene = await startWebhookScene('--webhook-waiting-max', String(waitingMax))
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
  (await partner.portal.send<{ webhooks: Listed[] }>('GET', '/webhooks')).webhooks.find((one) => one.id === id)
/** The subjects of the mails about webhooks that fail or were disabled: all of them go to the partner's administrator. */
const subjects = async () => {
  const { mails } = await door.vendor<{ mails: { recipient: string; subject: string }[] }>('GET', '/mails?limit=50')
  const told = mails.filter(({ subject }) => /^A webhook (fails|was disabled): /.test(subject))
  for (const { recipient } of told) expect(recipient).toBe(partner.portal.person.email)
  return told.map(({ subject }) => subject)
}

test('devices are told as they come, change, move and go, in their order; a place hears of what leaves with it', async () => {
  const customer = await door.customer('North', partner)
  const { id, hook } = await hookOf(partner.portal, {
    kinds: ['device.changed', 'device.removed'],
    organizationIds: [customer.id],
  })
  const { inventory } = await scene.site(customer)
  interface Told {
    type: string
    data: {
      offset: number
      previousOffset?: number
      deviceId?: string
      device?: { id: string; label: string; locationId: string }
    }
  }
  const told = (one: Receiver) => one.events() as unknown as Told[]
  const [first, second] = await hook.got('both devices', () => told(hook).length === 2 && told(hook))
  const label = ({ data }: Told) => data.device?.label
  expect([first, second].map((one) => one && label(one)).sort()).toEqual(['UPS 1', 'UPS 2'])
  const one = [first, second].find((it) => it && label(it) === 'UPS 1')?.data.device
  const placed = await hookOf(partner.portal, { kinds: ['device.changed', 'device.removed'], locationIds: [one?.locationId] })

  await inventory({ one: { label: 'UPS 1b' }, two: {} })
  await hook.got('the change', () => told(hook).length === 3)
  await inventory({ two: {} })
  await hook.got('the removal', () => told(hook).length === 4)
  const ofOne = told(hook).filter(({ data }) => (data.device?.id ?? data.deviceId) === one?.id)
  expect(ofOne.map((it) => [it.type, label(it)])).toEqual([
    ['device.changed', 'UPS 1'],
    ['device.changed', 'UPS 1b'],
    ['device.removed', undefined],
  ])
  const offsets = told(hook).map(({ data }) => data.offset)
  for (const { data } of told(hook).slice(2)) expect(offsets).toContain(data.previousOffset)
  await placed.hook.got('what happens in the place', () => told(placed.hook).length === 2)
  expect(told(placed.hook).map(({ type }) => type)).toEqual(['device.changed', 'device.removed'])
  for (const webhook of [id, placed.id]) await partner.portal.send('DELETE', `/webhooks/${webhook}`)
})

test('whoever asks for a location hears of an alarm that was there until it is over, and that a device leaves, wherever that is by then', async () => {
  const customer = await door.customer('Moving', partner)
  const { alarm, report, inventory } = await scene.site(customer)
  const { devices } = await customer.portal.send<{ devices: { label: string; location: { id: string } }[] }>(
    'GET',
    `/organizations/${customer.id}/devices`,
  )
  const roomOf = (name: string) => devices.find(({ label }) => label === name)?.location.id
  const kinds = ['alarm.activated', 'alarm.updated', 'alarm.cleared', 'device.changed', 'device.removed']
  const { id, hook } = await hookOf(partner.portal, { kinds, locationIds: [roomOf('UPS 1')] })
  const told = () =>
    (hook.events() as unknown as { type: string; data: { alarm?: { label: string }; device?: { label: string } } }[]).map(
      ({ type, data }) => `${type} ${data.alarm?.label ?? data.device?.label}`,
    )
  await inventory({ one: { label: 'seen' }, two: {} })
  await report(alarm('one', 'here'))
  await hook.got('what is there', () => told().length === 2)
  const away = { label: 'gone', locationRef: 'room2' }
  await inventory({ one: away, two: {} })
  await report(alarm('one', 'here', { message: 'Worse' }), alarm('one', 'elsewhere'))
  await hook.got('that it has left', () => told().length === 4)
  await inventory({ one: { ...away, label: 'unseen' }, two: {} })
  const over = { message: 'Worse', clearedTime: '2026-03-14T10:00:00.000Z' }
  await report(alarm('one', 'here', over), alarm('one', 'elsewhere', over))
  await hook.got('its end', () => told().includes('alarm.cleared alarm here'))
  await report(alarm('one', 'here', { message: 'Again' }))
  await inventory({ one: { ...away, label: 'unseen' }, two: { label: 'come', locationRef: 'room1' } })
  await hook.got('what has come', () => told().includes('device.changed come'))
  const ofOne = ['device.changed seen', 'alarm.activated alarm here', 'device.changed gone', 'alarm.updated alarm here']
  expect(told()).toEqual([...ofOne, 'alarm.cleared alarm here', 'device.changed come'])

  // Asked for another location, what was seen at the former one is none of its.
  await report(alarm('two', 'former'))
  await hook.got('the alarm', () => told().includes('alarm.activated alarm former'))
  await partner.portal.send('PATCH', `/webhooks/${id}`, { locationIds: [roomOf('UPS 2')] })
  await report(alarm('two', 'former', over), alarm('one', 'last'))
  await hook.got('the last', () => told().includes('alarm.activated alarm last'))
  expect(told().slice(6)).toEqual(['alarm.activated alarm former', 'alarm.activated alarm last'])
  await partner.portal.send('DELETE', `/webhooks/${id}`)
})

test('a company that cannot be told what it covers keeps no other one waiting, is tried less and less often, and told once it can be', async () => {
  // As where the database holds what our statements do not expect.
  const stuck = await door.partner('Stuck')
  await server.database.script(`
    create function refuse_to_tell() returns trigger language plpgsql as $$ begin raise 'not told'; end $$;
    create trigger refused before update of told on coverage_head for each row when (new.company_id = '${stuck.id}') execute function refuse_to_tell()`)
  await door.customer('Untold', stuck)
  const untold = sql`select 1 as one from coverage_head where company_id = ${stuck.id} and head > told`
  await expect.poll(() => scene.run(untold)).toHaveLength(1)
  const { id, hook } = await hookOf(partner.portal, { kinds: ['coverage.started'] })
  for (const name of ['First', 'Second', 'Third']) {
    const told = hook.events().length
    await door.customer(name, partner)
    await hook.got(`the coverage of ${name}`, () => hook.events().length > told)
  }
  const tried = sql`
    select 1 as one from coverage_head where company_id = ${stuck.id} and head > told and failed > 3 and next_at > statement_timestamp() + interval '1 second'`
  await expect.poll(() => scene.run(tried), { timeout: 20_000 }).toHaveLength(1)
  await server.database.script('drop trigger refused on coverage_head; drop function refuse_to_tell()')
  // As after that time.
  await scene.run(sql`update coverage_head set next_at = statement_timestamp() where company_id = ${stuck.id}`)
  await expect.poll(() => scene.run(untold), { timeout: 10_000 }).toEqual([])
  expect(await scene.run(sql`select failed, next_at from coverage_head where company_id = ${stuck.id}`)).toEqual([
    { failed: 0, next_at: null },
  ])
  await partner.portal.send('DELETE', `/webhooks/${id}`)
})

test('a gateway that falls silent is told, and that it is back; to nobody who does not cover the inventory', async () => {
  const customer = await door.customer('South', partner)
  const alarmsAlone = await door.customer('Alarms', partner, { consent: { inventory: false, alarms: true, sensors: false } })
  const { hook } = await hookOf(partner.portal, {
    kinds: ['gateway.offline', 'gateway.online'],
    organizationIds: [customer.id, alarmsAlone.id],
  })
  const own = await hookOf(alarmsAlone.portal, { kinds: ['gateway.offline'] })
  for (const one of [customer, alarmsAlone]) await scene.site(one)
  // Both are known to be online.
  await tellOfGateways(server.context)
  await scene.run(sql`update gateway_contact set contact_at = contact_at - interval '16 minutes'`)
  // Two processes at once.
  await Promise.all([tellOfGateways(server.context), tellOfGateways(server.context)])
  const told = () => hook.events().map(({ type, data }) => [type, data.organizationId])
  await hook.got('the silence', () => told().length > 0)
  await own.hook.got('its own', () => own.hook.events().length > 0)
  // A contact is noted each 10 s at most, so that this one would not be.
  await scene.run(sql`update gateway_contact set contact_at = statement_timestamp()`)
  await tellOfGateways(server.context)
  await hook.got('the return', () => told().length > 1)
  expect(told()).toEqual([
    ['gateway.offline', customer.id],
    ['gateway.online', customer.id],
  ])
  expect(own.hook.events().map(({ type }) => type)).toEqual(['gateway.offline'])
})

test('a key is told to expire 30, 7 and 1 days before, once each, but not what its maker has just chosen, nor once it is replaced', async () => {
  const { hook } = await hookOf(partner.portal, { kinds: ['key.expiring'] })
  const now = Date.now()
  const ending = async (name: string, days: number) =>
    (
      await partner.portal.send<{ key: { id: string } }>('POST', '/keys', {
        ...{ name, kind: 'all', expiresAt: new Date(now + days * dayMs).toISOString() },
      })
    ).key.id
  await ending('Just made', 6)
  const [id, replaced] = [await ending('Monitoring', 40), await ending('Replaced', 40)]
  await partner.portal.send('POST', `/keys/${replaced}/successor`, { overlapDays: 7 })
  const told = () => hook.events().map(({ data }) => String(data.name))
  const after = async (days: number) => {
    await scene.run(sql`
      update api_key set created_at = created_at - ${days}::float8 * interval '1 day', expires_at = expires_at - ${days}::float8 * interval '1 day'
       where id = ${id}`)
    await Promise.all([tellOfKeys(server.context), tellOfKeys(server.context)])
  }
  await after(0)
  await after(11)
  await hook.got('30 days before', () => told().length === 1)
  await after(23)
  await hook.got('7 days before', () => told().length === 2)
  await after(5.5)
  await hook.got('a day before', () => told().length === 3)
  await after(0)
  expect(told()).toEqual(['Monitoring', 'Monitoring', 'Monitoring'])
  expect(hook.events()[0]?.data).toMatchObject({ keyId: id, expiresAt: expect.any(String) })
})

test('a receiver that answers 410 is sent nothing more, and its administrators are told: what it refused has failed, and goes off again where it is asked for; a redirect is not followed', async () => {
  const { id, hook } = await hookOf(partner.portal, { name: 'Gone soon', kinds: ['key.expiring'] })
  const { hook: elsewhere } = await hookOf(partner.portal, { name: 'Elsewhere', kinds: ['key.expiring'] })
  hook.answer(() => ({ status: 302, headers: { location: elsewhere.url, 'retry-after': '3600' } }))
  await partner.portal.send('POST', `/webhooks/${id}/tests`, {})
  await hook.got('the redirect', (received) => received.length === 1)
  hook.answer(() => 410)
  const { deliveryId } = await partner.portal.send<{ deliveryId: string }>('POST', `/webhooks/${id}/tests`, {})
  await expect
    .poll(async () => (await states(id)) as unknown, { timeout: 10_000 })
    .toMatchObject({ enabled: false, disabledReason: 'gone', waiting: 1, failed: 1 })
  expect((await subjects()).filter((subject) => subject === 'A webhook was disabled: Gone soon')).toHaveLength(1)
  // What waits is due, and looked at, and not sent.
  const sent = hook.received.length
  await scene.run(
    sql`update webhook_delivery set next_attempt_at = statement_timestamp() where webhook_id = ${id} and state = 'waiting'`,
  )
  await scene.run(sql`update webhook_queue set next_at = statement_timestamp() where webhook_id = ${id}`)
  const untouched = sql`
    select 1 as one from webhook_queue where webhook_id = ${id} and (claimed_until is not null or next_at <= statement_timestamp())`
  await expect.poll(() => scene.run(untouched), { timeout: 10_000 }).toEqual([])
  expect([hook.received.length, elsewhere.received]).toEqual([sent, []])
  hook.answer(() => 204)
  await partner.portal.send('PATCH', `/webhooks/${id}`, { enabled: true })
  await expect.poll(async () => (await states(id)) as unknown).toMatchObject({ enabled: true, waiting: 0, failed: 1 })
  expect(hook.received.map(({ status }) => status)).toEqual([302, 410, 204])
  await partner.portal.send('POST', `/webhooks/${id}/deliveries`, { deliveryIds: [deliveryId] })
  await expect.poll(async () => (await states(id)) as unknown).toMatchObject({ waiting: 0, failed: 0 })
  expect(hook.received.slice(-1)).toMatchObject([{ status: 204, headers: { 'webhook-id': deliveryId } }])
})

test('where too many wait, the webhook is disabled, told by mail, and what waits goes; enabled again, it is told what is new', async () => {
  const customer = await door.customer('Busy', partner)
  const { alarm, report } = await scene.site(customer)
  const { id, hook } = await hookOf(partner.portal, { name: 'Slow', kinds: ['alarm.activated'], organizationIds: [customer.id] })
  hook.answer(() => 'silent')
  const alarms = (from: number, to: number) => Array.from({ length: to - from }, (_, nth) => alarm('one', `${from + nth}`))
  await report(...alarms(0, waitingMax))
  await expect.poll(async () => (await states(id))?.waiting, { timeout: 20_000 }).toBe(waitingMax)
  expect(await states(id)).toMatchObject({ enabled: true })
  await report(...alarms(waitingMax, waitingMax + 1))
  await expect
    .poll(async () => (await states(id)) as unknown, { timeout: 20_000 })
    .toMatchObject({ enabled: false, disabledReason: 'overflowing' })
  expect(await subjects()).toContain('A webhook was disabled: Slow')

  hook.answer(() => 204)
  await partner.portal.send('PATCH', `/webhooks/${id}`, { enabled: true })
  expect(await states(id)).toMatchObject({ enabled: true, waiting: 0 })
  await report(alarm('two', 'new'))
  await hook.got('what is new', () => hook.events().length > 0)
  expect(hook.events().map(({ data }) => (data.alarm as unknown as { label: string }).label)).toEqual(['alarm new'])
})

test('a range of which one request sends a part again is gone through, and nothing of it twice', async () => {
  const { id, hook } = await hookOf(partner.portal, { name: 'Range', kinds: ['key.expiring'] })
  const path = `/webhooks/${id}/deliveries`
  await scene.run(sql`
    insert into webhook_delivery (id, webhook_id, needs, kind, lane, place, ordinal, body, accepted_at, state, settled_at)
    select 'range-' || n, ${id}, 'nothing', 'webhook.test', 'range ' || n, 0, 0, '{}', statement_timestamp(), 'delivered', statement_timestamp()
      from generate_series(1001, ${1001 + waitingMax}::integer) n`)
  const range = { from: new Date(Date.now() - 3_600_000).toISOString(), state: 'delivered' }
  // No more than may wait.
  const part = await partner.portal.send<{ next: string }>('POST', path, range)
  expect(part).toEqual({ resent: waitingMax, next: `range-${1000 + waitingMax}` })
  await expect.poll(async () => (await states(id))?.waiting).toBe(0)
  expect(await partner.portal.send('POST', path, { ...range, after: part.next })).toEqual({ resent: 1 })
  await hook.got('all of it', (received) => received.length === waitingMax + 1)
  expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(waitingMax + 1)
  await expect.poll(async () => (await states(id))?.waiting).toBe(0)
  await expect(partner.portal.send('POST', path, { ...range, after: 'none' })).rejects.toThrow(/400.*body\.after/)
  // Where no more may wait, that is said, and not taken for the range's end.
  hook.answer(() => 'silent')
  expect(await partner.portal.send('POST', path, range)).toEqual(part)
  for (const more of [{ ...range, after: part.next }, { deliveryIds: [`range-${1001 + waitingMax}`] }])
    await expect(partner.portal.send('POST', path, more)).rejects.toThrow(/409.*webhook-full/)
  await partner.portal.send('DELETE', `/webhooks/${id}`)
})
