import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { labelled, newGateway, newOrganization, storedOf, type TestGateway } from '../../../test/support/ingest.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'
import type { AlarmReport, Batch, DeviceReport } from '../../domain/batch.ts'

let server: TestServer
let organization: string
let gateway: TestGateway
let count = 0

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  organization = await newOrganization(server)
  gateway = await newGateway(server, organization)
})

const ups: DeviceReport = { ref: 'ups', type: 'UPS', label: 'UPS 1', serialNumber: 'S-1' }
const alarm: AlarmReport = {
  ref: 'ups/on-battery',
  deviceRef: 'ups',
  label: 'On battery',
  message: 'Utility power failed.',
  severity: 'WARNING',
  activatedTime: '2026-03-01T10:00:00.000Z',
}

function batch(parts: Omit<Batch, 'batchId'>): Batch {
  count += 1
  return { batchId: `b-${count}`, ...parts }
}

function inventory(full: boolean, devices: DeviceReport[], more: Partial<NonNullable<Batch['inventory']>> = {}) {
  return { inventory: { full, locations: [], devices, ...more } }
}

async function accepted(from: TestGateway, parts: Omit<Batch, 'batchId'>) {
  const answer = await from.send(batch(parts))
  expect(answer.body).toMatchObject({ duplicate: false })
  return answer.body.changed as { inventory: number; sensors: number; alarms: number }
}

async function heads(): Promise<Record<string, number>> {
  const rows = await server.database.system.rows<{ family: string; head: number }>(
    sql`select family, head from feed_head where organization_id = ${organization}`,
  )
  return Object.fromEntries(rows.map(({ family, head }) => [family, head]))
}

describe('a batch', () => {
  test('is stored with ids of the server, under the names of the contract', async () => {
    const changed = await accepted(gateway, {
      inventory: {
        full: true,
        locations: [
          { ref: 'rack', type: 'RACK', label: 'Rack 1', parentRef: 'room' },
          { ref: 'room', type: 'ROOM', label: 'Server room', address: '1 Main Street' },
        ],
        devices: [
          { ref: 'outlet', type: 'OUTLET', label: 'Outlet 1', parentRef: 'bank' },
          { ref: 'bank', type: 'OUTLET_GROUP', label: 'Bank 1', parentRef: 'pdu' },
          {
            ref: 'pdu',
            type: 'RPDU',
            label: 'PDU 1',
            locationRef: 'rack',
            manufacturer: 'APC',
            warrantyExpirationDate: '2028-05-31',
          },
        ],
      },
      sensors: { full: true, sensors: [{ ref: 's', deviceRef: 'outlet', label: 'Current', type: 'CURRENT', unit: 'A' }] },
      alarms: [{ ...alarm, deviceRef: 'pdu' }],
    })
    expect(changed).toEqual({ inventory: 5, sensors: 1, alarms: 1 })
    const { objects, sensors, alarms } = await storedOf(server, organization)
    const room = labelled(objects, 'Server room')
    const rack = labelled(objects, 'Rack 1')
    const pdu = labelled(objects, 'PDU 1')
    const bank = labelled(objects, 'Bank 1')
    const outlet = labelled(objects, 'Outlet 1')
    expect(room).toEqual({
      inventoryObjectType: 'Location',
      id: room.id,
      type: 'ROOM',
      label: 'Server room',
      address: '1 Main Street',
    })
    expect(rack).toEqual({ inventoryObjectType: 'Location', id: rack.id, type: 'RACK', label: 'Rack 1', parentId: room.id })
    expect(pdu).toEqual({
      inventoryObjectType: 'Device',
      id: pdu.id,
      type: 'RPDU',
      label: 'PDU 1',
      locationId: rack.id,
      gatewayIds: [gateway.id],
      manufacturer: 'APC',
      warrantyExpirationDate: '2028-05-31',
    })
    expect(bank).toMatchObject({ parentId: pdu.id, locationId: rack.id })
    expect(outlet).toMatchObject({ parentId: bank.id, locationId: rack.id })
    const [sensor] = [...sensors.values()]
    expect(sensor).toEqual({
      id: expect.stringMatching(/^[0-9A-Za-z]{7}$/),
      deviceId: outlet.id,
      label: 'Current',
      type: 'CURRENT',
      unit: 'A',
    })
    const [stored] = [...alarms.values()]
    const { ref: _, deviceRef: __, ...state } = alarm
    expect(stored).toEqual({ ...state, id: stored?.id, deviceId: pdu.id, alarmReactivationCount: 0 })
  })

  test('that is sent twice changes nothing the second time, and is answered as before', async () => {
    const sent = batch({ ...inventory(true, [ups]), alarms: [alarm] })
    const first = await gateway.send(sent)
    const before = await heads()
    const second = await gateway.send(sent)
    expect(second.status).toBe(200)
    expect(second.body).toEqual({ ...first.body, duplicate: true })
    expect(await heads()).toEqual(before)
  })

  test('that says the same under another id changes nothing', async () => {
    const parts = { ...inventory(true, [ups]), sensors: { full: true, sensors: [] }, alarms: [alarm] }
    await accepted(gateway, parts)
    const before = await heads()
    expect(await accepted(gateway, parts)).toEqual({ inventory: 0, sensors: 0, alarms: 0 })
    expect(await heads()).toEqual(before)
  })

  test('with the id of another content is a 409', async () => {
    const sent = batch(inventory(true, [ups]))
    await gateway.send(sent)
    const answer = await gateway.send({ ...sent, ...inventory(true, []) })
    expect(answer.status).toBe(409)
    expect(answer.body.type).toMatch(/#batch-id-reused$/)
    expect((await storedOf(server, organization)).objects.size).toBe(1)
  })

  test('sent many times at once is stored once', async () => {
    const gateways = [gateway, await newGateway(server, organization)]
    const sent = batch(inventory(true, [ups]))
    const answers = await Promise.all(gateways.flatMap((one) => [one.send(sent), one.send(sent)]))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(answers.filter(({ body }) => body.duplicate)).toHaveLength(2)
    const { objects } = await storedOf(server, organization)
    expect([...objects.values()].map((device) => device.gatewayIds)).toEqual([gateways.map(({ id }) => id).sort()])
  })

  test.each<[string, object, string, string]>([
    [
      'an unknown parent',
      inventory(true, [{ ...ups, parentRef: 'rack' }]),
      '/inventory/devices/0/parentRef',
      'there is no device "rack"',
    ],
    [
      'an unknown location',
      inventory(true, [{ ...ups, locationRef: 'room' }]),
      '/inventory/devices/0/locationRef',
      'there is no location "room"',
    ],
    ['a name used twice', inventory(true, [ups, ups]), '/inventory/devices/1/ref', 'is the ref of /inventory/devices/0 too'],
    [
      'a circle',
      inventory(true, [
        { ...ups, parentRef: 'b' },
        { ...ups, ref: 'b', parentRef: 'ups' },
      ]),
      '/inventory/devices/0/parentRef',
      'leads back to itself',
    ],
    ['more than ten devices in a line', inventory(true, chain(11)), '/inventory/devices/10/parentRef', 'more than 10 deep'],
    [
      'removed in a full inventory',
      inventory(true, [ups], { removed: ['x'] }),
      '/inventory/removed',
      'has no place in a full inventory',
    ],
    [
      'removed and named',
      inventory(false, [ups], { removed: ['ups'] }),
      '/inventory/removed/0',
      'is named by /inventory/devices/0 too',
    ],
    [
      'a sensor of an unknown device',
      { sensors: { full: true, sensors: [{ ref: 's', deviceRef: 'x', label: 'T', type: 'T' }] } },
      '/sensors/sensors/0/deviceRef',
      'there is no device "x"',
    ],
    ['an alarm of an unknown device', { alarms: [alarm] }, '/alarms/0/deviceRef', 'there is no device "ups"'],
    [
      'two states of one alarm',
      { ...inventory(true, [ups]), alarms: [alarm, alarm] },
      '/alarms/1/ref',
      'is the ref of /alarms/0 too',
    ],
    ['a NUL', inventory(true, [{ ...ups, label: 'a\0b' }]), '/inventory/devices/0/label', 'holds a NUL'],
    ['half a surrogate pair', inventory(true, [{ ...ups, label: '\ud800' }]), '/inventory/devices/0/label', 'surrogate'],
    [
      'an unknown property',
      inventory(true, [{ ...ups, serial: 'x' } as DeviceReport]),
      '/inventory/devices/0/serial',
      'is not a property that is known',
    ],
    ['a severity that is none', { alarms: [{ ...alarm, severity: 'BAD' }] }, '/alarms/0/severity', 'must be one of OK, INFO'],
    [
      'a time that is none',
      { alarms: [{ ...alarm, activatedTime: 'noon' }] },
      '/alarms/0/activatedTime',
      'must be a time as in RFC 3339',
    ],
    ['an id that is none', { batchId: 'a b' }, '/batchId', 'must be 1 to 100 letters'],
  ])('with %s is refused whole, its place named', async (_, parts, pointer, detail) => {
    const good = { ref: 'good', type: 'SITE', label: 'Good' }
    const given = parts as Batch
    const withGood = given.inventory ? { ...given, inventory: { ...given.inventory, locations: [good] } } : given
    const { status, body } = await gateway.send({ ...batch({}), ...withGood })
    expect(status).toBe(422)
    expect(body.type).toMatch(/#batch-refused$/)
    const errors = body.errors as { pointer: string; detail: string }[]
    expect(errors.find((error) => error.pointer === pointer)?.detail).toContain(detail)
    expect(body.detail).toContain('Nothing of this batch was stored.')
    expect((await storedOf(server, organization)).objects.size).toBe(0)
    expect(await heads()).toEqual({ inventory: 1, sensors: 0, alarms: 0 })
  })

  test('names every bad record, up to a hundred', async () => {
    const { body } = await gateway.send(
      batch(
        inventory(
          true,
          Array.from({ length: 150 }, (_, i) => ({ ...ups, ref: `${i}`, parentRef: 'x' })),
        ),
      ),
    )
    expect(body.errors).toHaveLength(100)
  })

  test('that was refused may be sent again under its id when it is corrected', async () => {
    const sent = batch(inventory(true, [{ ...ups, parentRef: 'x' }]))
    expect((await gateway.send(sent)).status).toBe(422)
    expect((await gateway.send({ ...sent, ...inventory(true, [ups]) })).body).toMatchObject({ duplicate: false })
  })
})

function chain(length: number): DeviceReport[] {
  return Array.from({ length }, (_, i) => ({ ref: `d${i}`, type: 'D', label: `D${i}`, ...(i > 0 && { parentRef: `d${i - 1}` }) }))
}
