import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { labelled, newGateway, newOrganization, storedOf, type TestGateway } from '../../../test/support/ingest.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'
import type { AlarmReport, Batch, DeviceReport, SensorReport } from '../../domain/batch.ts'

let server: TestServer
let organization: string
let a: TestGateway
let b: TestGateway
let count = 0

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  organization = await newOrganization(server)
  a = await newGateway(server, organization, 'A')
  b = await newGateway(server, organization, 'B')
})

type Parts = Omit<Batch, 'batchId'>

async function send(from: TestGateway, parts: Parts): Promise<{ inventory: number; sensors: number; alarms: number }> {
  count += 1
  const { status, body } = await from.send({ batchId: `b-${count}`, ...parts })
  expect(body).toMatchObject({ duplicate: false })
  expect(status).toBe(200)
  return body.changed as { inventory: number; sensors: number; alarms: number }
}

const stored = () => storedOf(server, organization)
const ids = (...gateways: TestGateway[]) => gateways.map(({ id }) => id).sort()
const all = (
  devices: DeviceReport[],
  locations: { ref: string; type: string; label: string; parentRef?: string }[] = [],
): Parts => ({
  inventory: { full: true, locations, devices },
})
const some = (devices: DeviceReport[], removed: string[] = []): Parts => ({
  inventory: { full: false, locations: [], devices, removed },
})
const device = (ref: string, more: Partial<DeviceReport> = {}): DeviceReport => ({ ref, type: 'UPS', label: ref, ...more })
const sensor = (ref: string, deviceRef: string): SensorReport => ({ ref, deviceRef, label: 'Load', type: 'LOAD', unit: '%' })
const alarm = (deviceRef: string, more: Partial<AlarmReport> = {}): AlarmReport => ({
  ref: `${deviceRef}/on-battery`,
  deviceRef,
  label: 'On battery',
  message: 'Utility power failed.',
  severity: 'WARNING',
  activatedTime: '2026-03-01T10:00:00.000Z',
  ...more,
})

describe('a full inventory', () => {
  test('takes away what its gateway does not name any more, with its parts, sensors and active alarms', async () => {
    await send(a, {
      ...all([device('pdu'), device('bank', { parentRef: 'pdu' }), device('other')]),
      sensors: { full: true, sensors: [sensor('s1', 'bank'), sensor('s2', 'other')] },
      alarms: [alarm('pdu'), alarm('other')],
    })
    expect(await send(a, all([device('other')]))).toEqual({ inventory: 2, sensors: 1, alarms: 1 })
    const { objects, sensors, alarms } = await stored()
    expect([...objects.values()].map(({ label }) => label)).toEqual(['other'])
    expect(sensors.size).toBe(1)
    expect([...alarms.values()].map(({ clearedTime }) => typeof clearedTime).sort()).toEqual(['string', 'undefined'])
  })

  test('never takes away what another gateway or a person made', async () => {
    await send(a, all([device('mine')]))
    await server.database.system.rows(sql`
      insert into inventory_object (organization_id, id, kind, type, label, made_by, changed_offset, json)
      values (${organization}, 'by-hand', 'Device', 'UPS', 'By hand', 'person', 1000,
              '{"inventoryObjectType":"Device","id":"by-hand","label":"By hand","type":"UPS","gatewayIds":[]}')`)
    await send(b, all([]))
    expect([...(await stored()).objects.values()].map(({ label }) => label).sort()).toEqual(['By hand', 'mine'])
  })

  test('that is empty takes away a location only when nothing remains in it', async () => {
    await send(
      a,
      all(
        [device('ups', { locationRef: 'rack' })],
        [
          { ref: 'room', type: 'ROOM', label: 'Room' },
          { ref: 'rack', type: 'RACK', label: 'Rack', parentRef: 'room' },
        ],
      ),
    )
    await send(b, all([device('own', { locationRef: 'place' })], [{ ref: 'place', type: 'ROOM', label: 'Room' }]))
    await send(a, all([]))
    const left = (await stored()).objects
    expect([...left.values()].map(({ label }) => label).sort()).toEqual(['Room', 'own'])
    expect(labelled(left, 'own').locationId).toBe(labelled(left, 'Room').id)
    await send(b, all([]))
    expect((await stored()).objects.size).toBe(0)
  })
})

describe('a partial inventory', () => {
  test('leaves alone what it does not name', async () => {
    await send(a, all([device('one'), device('two')]))
    expect(await send(a, some([device('three', { parentRef: 'one' })]))).toMatchObject({ inventory: 1 })
    expect((await stored()).objects.size).toBe(3)
  })

  test('takes away what it names as removed, with its parts, and passes over what is not known', async () => {
    await send(
      a,
      all([
        device('pdu'),
        device('bank', { parentRef: 'pdu' }),
        device('outlet', { parentRef: 'bank' }),
        device('moved', { parentRef: 'bank' }),
      ]),
    )
    await send(a, some([device('moved')], ['pdu', 'nothing']))
    expect([...(await stored()).objects.values()].map(({ label }) => label)).toEqual(['moved'])
  })

  test('cannot make a part of what it removes', async () => {
    await send(a, all([device('pdu')]))
    const { status, body } = await a.send({ batchId: 'x', ...some([device('bank', { parentRef: 'pdu' })], ['pdu']) })
    expect([status, body.errors]).toEqual([
      422,
      [{ pointer: '/inventory/devices/0/parentRef', detail: expect.stringContaining('no device "pdu"') }],
    ])
  })

  test('cannot close a circle with what is stored', async () => {
    await send(a, all([device('one'), device('two', { parentRef: 'one' })]))
    const { body } = await a.send({ batchId: 'x', ...some([device('one', { parentRef: 'two' })]) })
    expect(body.errors).toEqual([
      { pointer: '/inventory/devices/0/parentRef', detail: expect.stringContaining('leads back to itself') },
    ])
  })

  test('that moves a device moves its parts with it', async () => {
    const rooms = [
      { ref: 'r1', type: 'ROOM', label: 'R1' },
      { ref: 'r2', type: 'ROOM', label: 'R2' },
    ]
    await send(a, all([device('pdu', { locationRef: 'r1' }), device('bank', { parentRef: 'pdu' })], rooms))
    expect(await send(a, some([device('pdu', { locationRef: 'r2' })]))).toMatchObject({ inventory: 2 })
    const { objects } = await stored()
    expect(labelled(objects, 'bank').locationId).toBe(labelled(objects, 'R2').id)
  })
})

describe('a device that comes back', () => {
  test('under its name has its id again, and so have its sensors', async () => {
    const parts = { ...all([device('ups')]), sensors: { full: true, sensors: [sensor('s', 'ups')] } }
    await send(a, parts)
    const before = await stored()
    await send(a, { ...all([]), sensors: { full: true, sensors: [] } })
    expect((await stored()).objects.size).toBe(0)
    expect(await send(a, parts)).toEqual({ inventory: 1, sensors: 1, alarms: 0 })
    expect(await stored()).toEqual(before)
  })

  test('under another name, known by its serial number, has its id again', async () => {
    await send(a, all([device('old', { serialNumber: 'S' })]))
    const before = labelled((await stored()).objects, 'old').id
    await send(a, all([device('new', { serialNumber: 'S' })]))
    expect(labelled((await stored()).objects, 'new').id).toBe(before)
  })
})

describe('one serial number', () => {
  const ofA = device('a', { serialNumber: 'S', manufacturer: 'APC', modelName: 'X' })
  const ofB = device('b', { serialNumber: 'S', manufacturer: 'apc' })

  test('reported by two gateways is one device with both ids, as the first one describes it', async () => {
    await send(a, all([ofA]))
    expect(await send(b, all([ofB]))).toMatchObject({ inventory: 1 })
    const { objects } = await stored()
    expect([...objects.values()]).toEqual([expect.objectContaining({ label: 'a', modelName: 'X', gatewayIds: ids(a, b) })])
    expect(await send(b, all([{ ...ofB, label: 'renamed by b' }]))).toMatchObject({ inventory: 0 })
    expect(await send(a, all([{ ...ofA, label: 'renamed by a' }]))).toMatchObject({ inventory: 1 })
  })

  test('of another maker or model is another device', async () => {
    await send(a, all([ofA]))
    await send(
      b,
      all([
        { ...ofB, manufacturer: 'Eaton' },
        { ...ofB, ref: 'c', modelName: 'Y' },
      ]),
    )
    expect((await stored()).objects.size).toBe(3)
  })

  test('is left to the other gateway when one drops it, with that one’s sensors and alarms', async () => {
    await send(a, { ...all([ofA]), sensors: { full: true, sensors: [sensor('s', 'a')] }, alarms: [alarm('a')] })
    await send(b, {
      ...all([ofB]),
      sensors: { full: true, sensors: [{ ...sensor('s', 'b'), label: 'Charge' }] },
      alarms: [alarm('b')],
    })
    expect(await send(a, all([]))).toEqual({ inventory: 1, sensors: 1, alarms: 1 })
    const { objects, sensors, alarms } = await stored()
    expect(labelled(objects, 'a').gatewayIds).toEqual([b.id])
    expect([...sensors.values()].map(({ label }) => label)).toEqual(['Charge'])
    expect([...alarms.values()].filter(({ clearedTime }) => clearedTime === undefined)).toHaveLength(1)
    expect(await send(b, all([ofB]))).toMatchObject({ inventory: 1 })
    expect(labelled((await stored()).objects, 'b').gatewayIds).toEqual([b.id])
    await send(b, all([]))
    expect((await stored()).objects.size).toBe(0)
  })

  test('makes parts and sensors of the same type and label the same too, and places of the same label', async () => {
    const room = [{ ref: 'room', type: 'ROOM', label: 'Room' }]
    await send(a, {
      ...all([{ ...ofA, locationRef: 'room' }, device('a1', { parentRef: 'a', label: 'Bank 1' })], room),
      sensors: { full: true, sensors: [sensor('s', 'a1')] },
    })
    const changed = await send(b, {
      ...all(
        [
          { ...ofB, locationRef: 'room' },
          device('b1', { parentRef: 'b', label: 'Bank 1' }),
          device('b2', { parentRef: 'b', label: 'Bank 2' }),
        ],
        room,
      ),
      sensors: { full: true, sensors: [sensor('s', 'b1'), sensor('t', 'b2')] },
    })
    expect(changed).toEqual({ inventory: 3, sensors: 1, alarms: 0 })
    const { objects, sensors } = await stored()
    expect([...objects.values()].map(({ label }) => label).sort()).toEqual(['Bank 1', 'Bank 2', 'Room', 'a'])
    expect(labelled(objects, 'Bank 1').gatewayIds).toEqual(ids(a, b))
    expect(labelled(objects, 'Bank 2')).toMatchObject({
      parentId: labelled(objects, 'a').id,
      locationId: labelled(objects, 'Room').id,
    })
    expect(sensors.size).toBe(2)
    await send(b, { ...all([]), sensors: { full: true, sensors: [] } })
    expect([...(await stored()).objects.values()].map(({ label }) => label).sort()).toEqual(['Bank 1', 'Room', 'a'])
    expect((await stored()).sensors.size).toBe(1)
  })

  test('that a device comes to tell later makes it the device of the other gateway, with its sensors and alarms', async () => {
    await send(a, all([ofA]))
    const id = labelled((await stored()).objects, 'a').id
    await send(b, { ...all([device('b')]), sensors: { full: true, sensors: [sensor('s', 'b')] }, alarms: [alarm('b')] })
    expect((await stored()).objects.size).toBe(2)
    await send(b, all([ofB]))
    const { objects, sensors, alarms } = await stored()
    expect([...objects.values()]).toEqual([expect.objectContaining({ id, gatewayIds: ids(a, b) })])
    expect([...sensors.values()].map(({ deviceId }) => deviceId)).toEqual([id])
    expect([...alarms.values()]).toEqual([expect.objectContaining({ deviceId: id })])
    expect([...alarms.values()][0]).not.toHaveProperty('clearedTime')
  })

  test('that changes under a shared name is another device from then on', async () => {
    await send(a, all([ofA]))
    await send(b, { ...all([ofB]), sensors: { full: true, sensors: [sensor('s', 'b')] } })
    await send(b, all([{ ...ofB, serialNumber: 'T', label: 'new' }]))
    const { objects, sensors } = await stored()
    expect(labelled(objects, 'a').gatewayIds).toEqual([a.id])
    expect(labelled(objects, 'new').gatewayIds).toEqual([b.id])
    expect([...sensors.values()].map(({ deviceId }) => deviceId)).toEqual([labelled(objects, 'new').id])
  })

  test('counts for the next gateway once the first was removed', async () => {
    await send(a, all([ofA]))
    await send(b, all([ofB]))
    await server.database.system.rows(sql`update gateway set removed_at = now() where id = ${a.id}`)
    await send(b, all([ofB]))
    expect(labelled((await stored()).objects, 'b').gatewayIds).toEqual(ids(a, b))
  })

  test('used twice by one gateway is two devices', async () => {
    await send(a, all([ofA, { ...ofA, ref: 'a2', label: 'a2' }]))
    expect((await stored()).objects.size).toBe(2)
  })
})
