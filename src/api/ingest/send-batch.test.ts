import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
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
      id: expect.stringMatching(/^[0-9A-Za-z]{10}$/),
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

describe('a body', () => {
  test('that is not JSON is a 400', async () => {
    const { status, body } = await gateway.post('{"batchId":')
    expect([status, body.type]).toEqual([400, expect.stringMatching(/#request-malformed$/)])
  })

  test('that is not gzip though it says so is a 400', async () => {
    const { status } = await gateway.post('{}', { 'content-encoding': 'gzip' })
    expect(status).toBe(400)
  })

  test('of another type or coding is a 415', async () => {
    expect((await gateway.post('{}', { 'content-type': 'text/plain' })).status).toBe(415)
    const { status, body } = await gateway.post('{}', { 'content-encoding': 'br' })
    expect([status, body.detail]).toEqual([415, 'The content coding "br" is not known here. Compress with gzip, or not at all.'])
  })

  test('of more than 16 MiB is a 413, also when it only becomes so', async () => {
    const large = `{"batchId":"${' '.repeat(17 * 1024 * 1024)}"}`
    expect((await gateway.post(large)).status).toBe(413)
    expect((await gateway.post(gzipSync(large), { 'content-encoding': 'gzip' })).status).toBe(413)
  })
})

describe('a token', () => {
  test.each([
    ['missing', () => ({ authorization: '' })],
    ['malformed', () => ({ authorization: 'Bearer gw_x' })],
    ['unknown', () => ({ authorization: `Bearer ${gateway.token.replace(gateway.id, '0'.repeat(12))}` })],
  ])('that is %s is a 401', async (_, headers) => {
    const { status, headers: answered } = await gateway.post('{}', headers())
    expect([status, answered.get('www-authenticate')]).toEqual([401, 'Bearer'])
  })

  test('of a removed gateway is a 401', async () => {
    await server.database.system.rows(sql`update gateway set removed_at = now() where id = ${gateway.id}`)
    expect((await gateway.send(batch({}))).status).toBe(401)
  })

  test('of a suspended company is a 401', async () => {
    await server.database.system.rows(sql`update company set suspended_at = now() where id = ${organization}`)
    expect((await gateway.send(batch({}))).status).toBe(401)
  })

  test('of a company whose subscription has ended goes on', async () => {
    await server.database.system.rows(sql`
      insert into subscription (company_id, kind, starts_at, ends_at) values (${organization}, 'paid', now() - interval '2 days', now() - interval '1 day')`)
    expect(await accepted(gateway, inventory(true, [ups]))).toMatchObject({ inventory: 1 })
  })

  test('whose connection breaks at any moment does not keep its place from the next', async () => {
    const { port } = new URL(server.url)
    const head = `POST /ingest/v1/batches HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${gateway.token}\r\nContent-Type: application/json\r\n`
    for (let nth = 0; nth < 40; nth += 1) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          const half = `${head}Content-Length: 100\r\n\r\n{`
          const whole = `${head}Content-Length: 2\r\n\r\n{}`
          socket.write(nth % 2 === 0 ? half : whole + whole)
          // What is varied is the moment: after the head was read, while the token is looked up, while the body is read.
          setTimeout(() => {
            socket.resetAndDestroy()
            resolve()
          }, nth % 5)
        })
      })
    }
    await expect.poll(async () => (await gateway.send(batch({}))).status, { timeout: 5_000 }).toBe(200)
    const both = await Promise.all([gateway.send(batch({})), gateway.send(batch({}))])
    expect(both.map((answer) => answer.status)).toEqual([200, 200])
  })

  test('tells whose it is, and when it was heard of', async () => {
    const response = await fetch(`${server.url}/ingest/v1/gateway`, {
      headers: { authorization: `Bearer ${gateway.token}`, 'user-agent': 'try/1.0' },
    })
    expect(await response.json()).toEqual({
      id: gateway.id,
      name: 'Test gateway',
      organization: { id: organization, label: 'Test site' },
    })
    const contacts = await server.database.system.rows(
      sql`select version, address from gateway_contact where gateway_id = ${gateway.id}`,
    )
    expect(contacts).toEqual([{ version: 'try/1.0', address: '127.0.0.1' }])
  })
})

describe('the trial', () => {
  const subscriptions = () =>
    server.database.system.rows<{ kind: string; days: number }>(sql`
      select kind, extract(day from ends_at - starts_at)::int as days from subscription where company_id = ${organization}`)

  test('starts with the first accepted batch of the first gateway, once', async () => {
    await gateway.send(batch(inventory(true, [{ ...ups, parentRef: 'x' }])))
    expect(await subscriptions()).toEqual([])
    await accepted(gateway, {})
    await accepted(await newGateway(server, organization), {})
    expect(await subscriptions()).toEqual([{ kind: 'trial', days: 30 }])
  })

  test('does not start for a company that had a subscription', async () => {
    await server.database.system.rows(sql`
      insert into subscription (company_id, kind, starts_at, ends_at) values (${organization}, 'paid', now() - interval '9 days', now() - interval '8 days')`)
    await accepted(gateway, {})
    expect(await subscriptions()).toEqual([{ kind: 'paid', days: 1 }])
  })
})
