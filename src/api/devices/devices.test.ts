import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newGateway, type TestGateway } from '../../../test/support/ingest.ts'
import { type Answer, connect, inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { openStream } from '../../../test/support/measurement-stream.ts'
import { rollUpMeasurements } from '../../jobs/roll-ups.ts'

let managed: Managed
let customer: Staffed
let partner: Staffed
let gateway: TestGateway
let partnership: string
let reports = 0

const minuteMs = 60_000

beforeAll(async () => {
  managed = await startManaged({ flags: ['--rate-limit-factor', '1000000'] })
})
afterAll(() => managed.close())
beforeEach(async () => {
  customer = await managed.staffed('customer', 'Site')
  partner = await managed.staffed('partner', `Partner ${reports}`)
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
  partnership = await connect(managed, customer, partner)
  gateway = await newGateway(managed.server, customer.id)
  const locations = [
    { ref: 'site', type: 'SITE', label: 'Works' },
    { ref: 'room', type: 'ROOM', label: 'Cellar', parentRef: 'site' },
    { ref: 'other', type: 'SITE', label: 'Depot' },
  ]
  const devices = [
    { ref: 'ups', type: 'UPS', label: 'UPS 1', locationRef: 'room', modelName: 'Holdfast 3000', serialNumber: 'SN-77' },
    { ref: 'frame', type: 'BATTERY_FRAME', label: 'Frame 1', parentRef: 'ups' },
    { ref: 'pdu', type: 'RPDU', label: 'PDU 100%', locationRef: 'other' },
  ]
  const sensors = [
    { ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD', unit: '%' },
    { ref: 'status', deviceRef: 'ups', label: 'Status', type: 'STATUS' },
    { ref: 'cell', deviceRef: 'frame', label: 'Cell', type: 'TEMPERATURE', unit: '°C' },
  ]
  await gateway.send({
    batchId: 'first',
    inventory: { full: true, locations, devices },
    sensors: { full: true, sensors },
  })
})

const path = (rest: string) => `/organizations/${customer.id}/${rest}`
const allow = () => customer.ask('PUT', `/partnerships/${partnership}/consent`, {})
const withdraw = () => customer.ask('DELETE', `/partnerships/${partnership}/consent`)
const labels = ({ body }: Answer) => body.devices.map(({ label }: { label: string }) => label)

async function ups(): Promise<string> {
  return (await customer.ask('GET', path('devices?type=UPS'))).body.devices[0].id
}

async function sensorIds(): Promise<{ load: string; status: string }> {
  const { body } = await customer.ask('GET', path(`devices/${await ups()}/sensors`))
  const id = (label: string) => body.sensors.find((one: { label: string }) => one.label === label).id
  return { load: id('Load'), status: id('Status') }
}

async function measure(...given: [ref: string, minutesBack: number, value: number | string][]): Promise<void> {
  reports += 1
  const lines = given.map(([sensorRef, minutesBack, value]) => ({
    sensorRef,
    timestamp: new Date(Date.now() - minutesBack * minuteMs).toISOString(),
    ...(typeof value === 'number' ? { numericValue: value } : { stringValue: value }),
  }))
  expect((await gateway.measure(`m-${reports}`, lines)).body).toMatchObject({ accepted: given.length })
}

describe('devices', () => {
  test('are listed by label, found by label, serial number, model, type, and location with what is below it', async () => {
    const list = (query = '') => customer.ask('GET', path(`devices${query}`))
    const all = await list()
    expect(labels(all)).toEqual(['Frame 1', 'PDU 100%', 'UPS 1'])
    expect(all.body).toMatchObject({ total: 3, types: ['BATTERY_FRAME', 'RPDU', 'UPS'] })
    expect(all.body.places.map((place: { path: string[] }) => place.path)).toEqual([['Depot'], ['Works'], ['Works', 'Cellar']])
    const [, works] = all.body.places
    expect(labels(await list('?parts=false'))).toEqual(['PDU 100%', 'UPS 1'])
    expect(labels(await list('?search=sn-77'))).toEqual(['UPS 1'])
    expect(labels(await list('?search=HOLDFAST'))).toEqual(['UPS 1'])
    expect(labels(await list(`?search=${encodeURIComponent('100%')}`))).toEqual(['PDU 100%'])
    expect(labels(await list('?search=%25%25'))).toEqual([])
    expect(labels(await list('?type=RPDU'))).toEqual(['PDU 100%'])
    expect(labels(await list(`?locationId=${works.id}`))).toEqual(['Frame 1', 'UPS 1'])
    expect((await list('?limit=1')).body).toMatchObject({ devices: [{ label: 'Frame 1' }], total: 3 })
    expect((await list('?limit=0')).status).toBe(400)
  })

  test('are led to by their sensors, found by their own label or their device’s, each with its latest value', async () => {
    await measure(['load', 0, 42])
    const list = async (query = '', by = customer) => (await by.ask('GET', path(`sensors${query}`))).body
    const labelsOf = async (...asked: Parameters<typeof list>) =>
      (await list(...asked)).sensors.map(({ label }: { label: string }) => label)
    const all = await list()
    expect(all).toMatchObject({ total: 3, types: ['LOAD', 'STATUS', 'TEMPERATURE'] })
    const device = { label: 'UPS 1', type: 'UPS', path: ['Works', 'Cellar'] }
    expect(all.sensors).toEqual([
      // A part is where its whole is.
      expect.objectContaining({ label: 'Cell', device: { ...device, label: 'Frame 1', type: 'BATTERY_FRAME' } }),
      expect.objectContaining({
        label: 'Load',
        unit: '%',
        deviceId: await ups(),
        device,
        latest: expect.objectContaining({ numericValue: 42 }),
      }),
      expect.objectContaining({ label: 'Status', device }),
    ])
    expect((await list('?search=LOAD&latest=false')).sensors).toEqual([
      expect.not.objectContaining({ latest: expect.anything() }),
    ])
    expect(await labelsOf('?search=ups%201')).toEqual(['Load', 'Status'])
    expect(await labelsOf('?type=STATUS')).toEqual(['Status'])
    expect(await list('?limit=1')).toMatchObject({ sensors: [{ label: 'Cell' }], total: 3 })
    const { places } = (await customer.ask('GET', path('devices'))).body
    const [depot, works] = places.map(({ id }: { id: string }) => id)
    expect(await list(`?locationId=${depot}`)).toMatchObject({ sensors: [], total: 0, types: ['LOAD', 'STATUS', 'TEMPERATURE'] })
    expect(await labelsOf(`?locationId=${works}`)).toEqual(['Cell', 'Load', 'Status'])

    const share = (kinds: object) => customer.ask('PUT', `/partnerships/${partnership}/consent`, { kinds })
    expect(await list('', partner)).toMatchObject({ status: 403 })
    // Without the inventory a partner reads neither what a device is called nor where it is, nor finds anything by that.
    await share({ inventory: false, alarms: true, sensors: true })
    expect((await list('?search=load', partner)).sensors).toEqual([expect.not.objectContaining({ device: expect.anything() })])
    expect(await labelsOf('?search=ups', partner)).toEqual([])
    expect(await labelsOf(`?locationId=${works}`, partner)).toEqual([])
    await share({ inventory: true, alarms: true, sensors: false })
    expect(await list('', partner)).toMatchObject({ status: 403 })
  })

  test('tell their facts, what they are in and a part of, and their parts', async () => {
    const { body } = await customer.ask('GET', path(`devices/${await ups()}`))
    expect(body.device).toMatchObject({ label: 'UPS 1', type: 'UPS', modelName: 'Holdfast 3000', serialNumber: 'SN-77' })
    expect(body.ancestors.map(({ kind, label }: Record<string, string>) => [kind, label])).toEqual([
      ['Location', 'Cellar'],
      ['Location', 'Works'],
      ['Organization', 'Site'],
    ])
    expect(body.parts).toEqual([{ id: expect.any(String), label: 'Frame 1', type: 'BATTERY_FRAME' }])
    const frame = await customer.ask('GET', path(`devices/${body.parts[0].id}`))
    expect(frame.body.ancestors[0]).toMatchObject({ kind: 'Device', label: 'UPS 1' })
    expect((await customer.ask('GET', path('devices/not-there'))).status).toBe(404)
  })

  test('are a partner’s to see while the customer is valid, by the kinds of data that it shares, and no longer', async () => {
    const id = await ups()
    const { load } = await sensorIds()
    const inventory = [path('devices'), path(`devices/${id}`)]
    const sensors = [path(`devices/${id}/sensors`), path(`sensors/${load}/history`)]
    const statuses = (paths: string[]) => Promise.all(paths.map(async (one) => (await partner.ask('GET', one)).status))
    expect(await statuses([...inventory, ...sensors])).toEqual([403, 403, 403, 403])
    await allow()
    expect(await statuses([...inventory, ...sensors])).toEqual([200, 200, 200, 200])
    await withdraw()
    expect(await statuses([...inventory, ...sensors])).toEqual([403, 403, 403, 403])
    await customer.ask('PUT', `/partnerships/${partnership}/consent`, {
      kinds: { inventory: true, alarms: true, sensors: false },
    })
    expect(await statuses(inventory)).toEqual([200, 200])
    expect(await statuses(sensors)).toEqual([403, 403])
  })

  test('of an organization that is not the caller’s look like those of none, whatever is asked of it (I4)', async () => {
    const id = await ups()
    const { load } = await sensorIds()
    const other = await managed.staffed('customer', 'Another')
    for (const asks of [partner.ask, other.ask]) {
      for (const rest of ['devices', `devices/${id}`, 'devices/not-there', `devices/${id}/sensors`, `sensors/${load}/history`]) {
        const [here, nowhere] = await Promise.all([asks('GET', path(rest)), asks('GET', `/organizations/nowhere/${rest}`)])
        expect([here.status, nowhere.status], rest).toEqual([403, 403])
        expect({ ...here.body, requestId: '' }).toEqual({ ...nowhere.body, requestId: '' })
      }
    }
  })
})

describe('a sensor', () => {
  test.each(['rolled up', 'not rolled up yet'])('has its latest value by the time of measuring, %s', async (how) => {
    await measure(['load', 3, 41], ['status', 200, 'on'], ['load', 1, 40.5], ['load', 2, 39])
    if (how === 'rolled up') await rollUpMeasurements(managed.server.context)
    const { body } = await customer.ask('GET', path(`devices/${await ups()}/sensors`))
    expect(body.sensors).toMatchObject([
      { label: 'Load', unit: '%', latest: { numericValue: 40.5 } },
      { label: 'Status', latest: { stringValue: 'on' } },
    ])
    expect(Date.now() - Date.parse(body.sensors[0].latest.time)).toBeLessThan(2 * minuteMs)
  })

  test('has no latest value where nothing was measured', async () => {
    const { body } = await customer.ask('GET', path(`devices/${await ups()}/sensors`))
    expect(body.sensors.map((one: object) => Object.keys(one).includes('latest'))).toEqual([false, false])
  })

  test('has a history of 5 minutes over a day, of rolled-up and newest values as one', async () => {
    const { load, status } = await sensorIds()
    const slot = Math.floor(Date.now() / (5 * minuteMs)) * 5
    const back = (minutes: number) => Date.now() / minuteMs - (slot - minutes)
    await measure(['load', back(10), 10], ['load', back(9), 20], ['status', back(10), 'on'])
    await rollUpMeasurements(managed.server.context)
    await measure(['load', back(8), 60], ['load', back(20), 5], ['status', back(9), 'off'])
    const { body } = await customer.ask('GET', path(`sensors/${load}/history`))
    const at = (minutes: number) => new Date((slot - minutes) * minuteMs).toISOString()
    expect(body).toMatchObject({ stepSeconds: 300 })
    expect(body.points).toEqual([
      { time: at(20), count: 1, minimum: 5, maximum: 5, mean: 5, last: 5 },
      { time: at(10), count: 3, minimum: 10, maximum: 60, mean: 30, last: 60 },
    ])
    const texts = await customer.ask('GET', path(`sensors/${status}/history`))
    expect(texts.body.points).toEqual([{ time: at(10), lastText: 'off' }])
    const earlier = await customer.ask('GET', path(`sensors/${load}/history?from=${at(60)}&to=${at(15)}`))
    expect(earlier.body.points).toHaveLength(1)
  })

  test('has a history of 90 days in at most 400 points that lose no minimum, maximum or mean', async () => {
    const { load } = await sensorIds()
    const values = Array.from({ length: 2000 }, (_, place) => ({ minutes: 60 * place + 30, value: (place * 7919) % 1000 }))
    await measure(...values.map(({ minutes, value }): ['load', number, number] => ['load', minutes, value]))
    await rollUpMeasurements(managed.server.context)
    const to = new Date().toISOString()
    const { body } = await customer.ask('GET', path(`sensors/${load}/history?from=${inDays(-90)}&to=${to}`))
    const points = body.points as { count: number; minimum: number; maximum: number; mean: number }[]
    expect(points.length).toBeLessThanOrEqual(400)
    expect(points.length).toBeGreaterThan(300)
    const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)
    expect(sum(points.map(({ count }) => count))).toBe(2000)
    expect(sum(points.map(({ count, mean }) => count * mean))).toBeCloseTo(sum(values.map(({ value }) => value)), 3)
    expect(Math.max(...points.map(({ maximum }) => maximum))).toBe(Math.max(...values.map(({ value }) => value)))
    expect((await customer.ask('GET', path(`sensors/${load}/history?from=${inDays(-91)}&to=${to}`))).status).toBe(400)
    expect((await customer.ask('GET', path('sensors/nowhere/history'))).status).toBe(404)
  })

  test('shows a partner nothing that was measured before consent, and its customer all', async () => {
    const { load } = await sensorIds()
    await measure(['load', 30, 1], ['load', 2, 2])
    await rollUpMeasurements(managed.server.context)
    await allow()
    const points = async ({ ask }: Staffed) => (await ask('GET', path(`sensors/${load}/history`))).body.points.length
    expect([await points(customer), await points(partner)]).toEqual([2, 0])
    expect((await partner.ask('GET', path(`devices/${await ups()}/sensors`))).body.sensors[0].latest).toBeUndefined()

    // As if consent had been given in the middle of an hour some time ago.
    await managed.server.database.system.rows(sql`
      update consent set (given_at, sensors_since) = (select t.at, t.at from (select date_trunc('hour', now()) - interval '62 minutes' as at) t)
       where partnership_id = ${partnership}`)
    await managed.server.database.system.rows(sql`
      update subscription set starts_at = now() - interval '1 day' where company_id = ${customer.id}`)
    const hour = Math.floor(Date.now() / (60 * minuteMs)) * 60
    const hourBack = (minutes: number) => Date.now() / minuteMs - (hour - minutes)
    await measure(['load', hourBack(70), 3], ['load', hourBack(63), 4], ['load', hourBack(60), 5], ['load', hourBack(58), 6])
    await rollUpMeasurements(managed.server.context)
    const seen = (await partner.ask('GET', path(`sensors/${load}/history`))).body.points as { minimum: number }[]
    expect(seen.map(({ minimum }) => minimum)).not.toContain(3)
    expect(seen.map(({ minimum }) => minimum)).not.toContain(4)
    expect(seen.map(({ minimum }) => minimum)).toContain(5)
  })
})

describe('the stream of measurements', () => {
  const open = async (who: Staffed, more: Record<string, string> = {}) => {
    const token = (await who.ask('POST', '/access-tokens', { name: 'Program', role: 'viewer', expiresInDays: 1 })).body.token
    return openStream(`${managed.server.url}/api/v1${path('measurements/live')}`, token, more)
  }

  test('carries what is accepted from now on, to a member and to a partner’s, and ends properly on withdrawal', async () => {
    await allow()
    const [own, partners] = [await open(customer), await open(partner)]
    expect([own.status, partners.status]).toEqual([200, 200])
    expect(own.headers['content-encoding']).toBe('gzip')
    await measure(['load', 0, 7])
    for (const stream of [own, partners]) {
      await stream.until('a measurement', (lines) => lines.length === 1)
      expect(stream.lines[0]).toMatchObject({ sensorId: (await sensorIds()).load, numericValue: 7 })
    }
    await withdraw()
    expect(await partners.ended).toBe('properly')
    await measure(['load', 0, 8])
    await own.until('another', (lines) => lines.length === 2)
    own.close()
  })

  test('is refused where the organization is not the caller’s, without gzip, and beyond ten', async () => {
    expect((await open(partner)).status).toBe(403)
    expect((await open(customer, { 'accept-encoding': 'br' })).status).toBe(406)
    const streams = await Promise.all(Array.from({ length: 10 }, () => open(customer)))
    const eleventh = await open(customer)
    expect([eleventh.status, eleventh.headers['retry-after']]).toEqual([429, '10'])
    for (const stream of streams) stream.close()
  })
})
