import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newGateway, type TestGateway } from '../../../test/support/ingest.ts'
import { type Answer, connect, inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { purge } from '../../jobs/purge.ts'

let managed: Managed
let customer: Staffed
let partner: Staffed
let gateway: TestGateway
let batches = 0

beforeAll(async () => {
  managed = await startManaged({ flags: ['--rate-limit-factor', '1000000'] })
})
afterAll(() => managed.close())
beforeEach(async () => {
  customer = await managed.staffed('customer', 'Site')
  gateway = await newGateway(managed.server, customer.id)
  batches += 1
  const locations = [
    { ref: 'works', type: 'SITE', label: 'Works' },
    { ref: 'room', type: 'ROOM', label: 'Cellar', parentRef: 'works' },
  ]
  const devices = [
    { ref: 'ups', type: 'UPS', label: 'UPS 1', locationRef: 'room' },
    { ref: 'bank', type: 'BATTERY_FRAME', label: 'Bank 1', parentRef: 'ups' },
    { ref: 'pdu', type: 'RPDU', label: 'PDU 1' },
  ]
  await gateway.send({ batchId: `i-${batches}`, inventory: { full: true, locations, devices } })
  await tell(['temp', 'bank', 'WARNING', 50], ['fuse', 'pdu', 'FAIL', 30], ['bypass', 'ups', 'CRITICAL', 40])
})

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

/** Reports alarms: active since so many minutes, and cleared so many minutes ago. */
async function tell(...given: [ref: string, device: string, severity: string, since: number, cleared?: number][]) {
  batches += 1
  const alarms = given.map(([ref, deviceRef, severity, since, cleared]) => ({
    ref,
    deviceRef,
    label: `Alarm ${ref}`,
    message: `It is ${severity.toLowerCase()}`,
    severity,
    activatedTime: minutesAgo(since),
    ...(cleared === undefined ? {} : { clearedTime: minutesAgo(cleared) }),
  }))
  const { status } = await gateway.send({ batchId: `a-${batches}`, alarms } as Parameters<typeof gateway.send>[0])
  expect(status).toBe(200)
}

const path = (rest: string) => `/organizations/${customer.id}/${rest}`
const list = (query = '') => customer.ask('GET', path(`alarms${query}`))
const labels = ({ body }: Answer) => body.alarms.map(({ label }: { label: string }) => label.replace('Alarm ', ''))
const idOf = async (name: string) =>
  [...(await list()).body.alarms, ...(await list('?state=past')).body.alarms].find(({ label }) => label === `Alarm ${name}`)
    .id as string

describe('an organization’s alarms', () => {
  test('stand the worst first, with their devices; and are found by severity, place, device and words', async () => {
    const all = await list()
    expect(labels(all)).toEqual(['fuse', 'bypass', 'temp'])
    expect(all.body.total).toBe(3)
    const [fuse, bypass, temp] = all.body.alarms
    expect(fuse.device).toEqual({ label: 'PDU 1', type: 'RPDU', path: [] })
    expect(bypass.device.path).toEqual(['Works', 'Cellar'])
    // A part is where its whole is.
    expect(temp.device).toEqual({ label: 'Bank 1', type: 'BATTERY_FRAME', path: ['Works', 'Cellar'] })
    expect(labels(await list('?severity=WARNING'))).toEqual(['temp'])
    expect(labels(await list(`?deviceId=${bypass.deviceId}`))).toEqual(['bypass'])
    expect(labels(await list('?search=pdu'))).toEqual(['fuse'])
    expect(labels(await list('?search=IS%20FAIL'))).toEqual(['fuse'])
    const tree = await customer.ask('GET', path('inventory-tree'))
    const works = tree.body.locations.find(({ label }: { label: string }) => label === 'Works').id
    expect(labels(await list(`?locationId=${works}`))).toEqual(['bypass', 'temp'])
    expect((await list('?limit=1')).body).toMatchObject({ alarms: [{ label: 'Alarm fuse' }], total: 3 })
    expect((await customer.ask('GET', path('state'))).body.alarms).toMatchObject({
      active: [
        { severity: 'FAIL', count: 1 },
        { severity: 'CRITICAL', count: 1 },
        { severity: 'WARNING', count: 1 },
      ],
      unacknowledged: 3,
      devices: [
        { deviceId: fuse.deviceId, severity: 'FAIL' },
        { deviceId: bypass.deviceId, severity: 'CRITICAL' },
        { deviceId: temp.deviceId, severity: 'WARNING' },
      ],
    })
  })

  test('that are over stand the last cleared first, page by page', async () => {
    await tell(['temp', 'bank', 'WARNING', 50, 10], ['fuse', 'pdu', 'FAIL', 30, 5], ['bypass', 'ups', 'CRITICAL', 40, 20])
    expect(labels(await list())).toEqual([])
    const first = await list('?state=past&limit=2')
    expect(labels(first)).toEqual(['fuse', 'temp'])
    const rest = await list(`?state=past&limit=2&before=${encodeURIComponent(first.body.next)}`)
    expect(labels(rest)).toEqual(['bypass'])
    expect(rest.body.next).toBeUndefined()
    expect((await list('?state=past&before=nowhere')).status).toBe(400)
  })

  test('are a partner’s to see with consent to alarms, without who has seen them, and without what was before', async () => {
    partner = await managed.staffed('partner', `Partner ${batches}`)
    await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
    const partnership = await connect(managed, customer, partner)
    const id = await idOf('fuse')
    await customer.ask('PUT', path(`alarms/${id}/acknowledgement`), { note: 'Ours alone' })
    expect((await partner.ask('GET', path('alarms'))).status).toBe(403)
    expect((await partner.ask('GET', path('state'))).status).toBe(403)
    await customer.ask('PUT', `/partnerships/${partnership}/consent`, {})
    const seen = await partner.ask('GET', path(`alarms/${id}`))
    expect(seen.body.alarm).toMatchObject({ label: 'Alarm fuse', device: { label: 'PDU 1' } })
    expect([seen.body.alarm.acknowledgement, seen.body.acknowledgements, seen.body.versions]).toEqual([undefined, [], []])
    expect((await partner.ask('GET', path('state'))).body.alarms.unacknowledged).toBeUndefined()
    expect((await partner.ask('PUT', path(`alarms/${id}/acknowledgement`), {})).status).toBe(403)
    await tell(['fuse', 'pdu', 'FAIL', 30, 1])
    const versions = async () => (await partner.ask('GET', path(`alarms/${id}`))).body.versions
    expect(await versions()).toMatchObject([{ clearedTime: expect.any(String) }])

    // Alarms are left out for a while: what came about meanwhile is not shown when they are shared again; measurements matter nothing to that.
    const share = (kinds: object) => customer.ask('PUT', `/partnerships/${partnership}/consent`, { kinds })
    expect((await share({ inventory: true, alarms: false, sensors: true })).status).toBe(200)
    await tell(['fuse', 'pdu', 'CRITICAL', 2])
    await share({ inventory: true, alarms: true, sensors: true })
    expect(await versions()).toEqual([])
    await tell(['fuse', 'pdu', 'FAIL', 2])
    await share({ inventory: true, alarms: true, sensors: false })
    await share({ inventory: true, alarms: true, sensors: true })
    expect(await versions()).toMatchObject([{ severity: 'FAIL' }])
  })
})

describe('an acknowledgement', () => {
  test('says who has seen an alarm, who sees to it and a note; a viewer may; it is no change of the alarm', async () => {
    const viewer = await managed.addMember(customer.id, 'viewer')
    const { body } = await customer.ask('GET', '/members')
    const { personId, name } = body.members.find(({ role }: { role: string }) => role === 'administrator')
    const id = await idOf('fuse')
    const before = (await customer.ask('GET', path(`alarms/${id}`))).body.versions
    const given = { assigneeId: personId, note: 'Spare part ordered' }
    expect((await viewer.ask('PUT', path(`alarms/${id}/acknowledgement`), given)).status).toBe(204)
    const { alarm, versions } = (await customer.ask('GET', path(`alarms/${id}`))).body
    expect(alarm.acknowledgement).toMatchObject({ note: 'Spare part ordered', assignee: { personId, name } })
    expect(versions).toEqual(before)
    expect(labels(await list('?acknowledged=true'))).toEqual(['fuse'])
    expect(labels(await list('?acknowledged=false'))).toEqual(['bypass', 'temp'])
    expect((await customer.ask('GET', path('state'))).body.alarms.unacknowledged).toBe(2)
    expect((await viewer.ask('PUT', path(`alarms/${id}/acknowledgement`), { assigneeId: 'nobody' })).status).toBe(400)
    expect((await viewer.ask('PUT', path('alarms/nowhere/acknowledgement'), {})).status).toBe(404)

    expect((await viewer.ask('DELETE', path(`alarms/${id}/acknowledgement`))).status).toBe(204)
    const after = (await customer.ask('GET', path(`alarms/${id}`))).body
    expect(after.alarm.acknowledgement).toBeUndefined()
    expect(after.acknowledgements.map(({ withdrawn }: { withdrawn: boolean }) => withdrawn)).toEqual([true, false])
    const stranger = await managed.staffed('customer', 'Other')
    expect((await stranger.ask('PUT', path(`alarms/${id}/acknowledgement`), {})).body.type).toContain('#not-covered')
  })

  test('is about one activation: an alarm that comes back is unseen', async () => {
    const id = await idOf('fuse')
    await customer.ask('PUT', path(`alarms/${id}/acknowledgement`), {})
    await tell(['fuse', 'pdu', 'FAIL', 30, 20])
    expect((await customer.ask('GET', path(`alarms/${id}`))).body.alarm.acknowledgement).toBeDefined()
    await tell(['fuse', 'pdu', 'FAIL', 10])
    const { alarm, versions } = (await customer.ask('GET', path(`alarms/${id}`))).body
    expect(alarm.acknowledgement).toBeUndefined()
    expect(alarm.alarmReactivationCount).toBe(1)
    expect(versions.map(({ clearedTime }: { clearedTime?: string }) => clearedTime !== undefined)).toEqual([false, true, false])
  })
})

test('states of alarms are kept for 90 days, and acknowledgements of alarms that are over', async () => {
  const id = await idOf('fuse')
  await customer.ask('PUT', path(`alarms/${id}/acknowledgement`), {})
  await tell(['fuse', 'pdu', 'FAIL', 30, 20])
  const aged = (days: number) =>
    managed.server.database.system.rows(sql`
      with v as (update alarm_version set changed_at = now() - make_interval(days => ${days}) where organization_id = ${customer.id})
      update alarm_acknowledgement set made_at = now() - make_interval(days => ${days}) where organization_id = ${customer.id}`)
  const kept = async () => {
    const { versions, acknowledgements } = (await customer.ask('GET', path(`alarms/${id}`))).body
    return [versions.length, acknowledgements.length]
  }
  await aged(89)
  await purge(managed.server.context)
  expect(await kept()).toEqual([2, 1])
  await aged(91)
  await purge(managed.server.context)
  expect(await kept()).toEqual([0, 0])
})
