import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newGateway, newOwnKey, type TestGateway } from '../../../test/support/ingest.ts'
import { inDays, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'

let managed: Managed
let customer: Staffed
let gateway: TestGateway
let key: string
let batches = 0

beforeAll(async () => {
  managed = await startManaged({ flags: ['--rate-limit-factor', '1000000'] })
})
afterAll(() => managed.close())
beforeEach(async () => {
  customer = await managed.staffed('customer', 'Site')
  await managed.vendor('POST', `/companies/${customer.id}/subscriptions`, { kind: 'paid', endsAt: inDays(30) })
  gateway = await newGateway(managed.server, customer.id)
  key = await newOwnKey(managed.server, customer.id)
  await report()
})

const works = { ref: 'works', type: 'SITE', label: 'Works' }
const room = { ref: 'room', type: 'ROOM', label: 'Cellar', parentRef: 'works' }
const ups = { ref: 'ups', type: 'UPS', label: 'UPS 1', locationRef: 'room', serialNumber: 'SN-77' }
const frame = { ref: 'frame', type: 'BATTERY_FRAME', label: 'Frame 1', parentRef: 'ups' }

async function report(locations: object[] = [works, room], devices: object[] = [ups, frame]): Promise<Record<string, number>> {
  batches += 1
  const inventory = { full: true, locations, devices }
  const { status, body } = await gateway.send({ batchId: `b-${batches}`, inventory } as Parameters<typeof gateway.send>[0])
  expect(status).toBe(200)
  return body.changed as Record<string, number>
}

interface FeedObject {
  id: string
  label: string
  inventoryObjectType: string
  [name: string]: unknown
}

type Feed = { offset: number; [name: string]: unknown }

async function feed(rest: string): Promise<Feed> {
  const headers = { authorization: `Bearer ${key}` }
  return (await fetch(`${managed.server.url}/rest/v1/organizations/${customer.id}/${rest}`, { headers })).json() as Promise<Feed>
}

async function listed(): Promise<{ offset: number; objects: Map<string, FeedObject> }> {
  const { offset, inventoryObjects } = await feed('inventory')
  return { offset, objects: new Map((inventoryObjects as FeedObject[]).map((object) => [object.label, object])) }
}

const idOf = async (label: string) => (await listed()).objects.get(label)?.id as string
const path = (rest: string) => `/organizations/${customer.id}/${rest}`
const add = async (label: string, more: object = {}) =>
  (await customer.ask('POST', path('locations'), { label, type: 'ROOM', ...more })).body.id as string

describe('a location of people’s own', () => {
  test('is made, renamed, moved and removed, each a change of the feed; and no gateway ends it', async () => {
    const { offset } = await listed()
    const id = await add('Annex', { type: 'BUILDING', address: 'Dock Road 1', parentId: await idOf('Works') })
    expect((await customer.ask('PATCH', path(`locations/${id}`), { label: 'East annex', parentId: customer.id })).status).toBe(
      204,
    )
    await report()
    const { inventoryObjectChanges: changes } = await feed(`inventory-changes/${offset}`)
    expect(changes).toEqual([
      {
        inventoryObjectChangeType: 'InventoryObjectCreateOrUpdate',
        inventoryObject: { inventoryObjectType: 'Location', id, label: 'East annex', type: 'BUILDING', address: 'Dock Road 1' },
      },
    ])
    const before = (await listed()).offset
    expect((await customer.ask('DELETE', path(`locations/${id}`))).status).toBe(204)
    expect((await feed(`inventory-changes/${before}`)).inventoryObjectChanges).toEqual([
      { inventoryObjectChangeType: 'InventoryObjectDelete', inventoryObjectId: id },
    ])
    const { body } = await customer.ask('GET', '/acts?limit=1000')
    const verbs = body.acts.map(({ verb }: { verb: string }) => verb).filter((verb: string) => verb.startsWith('location.'))
    expect(verbs).toEqual(['location.created', 'location.changed', 'location.removed'])
  })

  test('stays while something is in it, and lies neither in itself nor below itself', async () => {
    const outer = await add('Outer')
    const inner = await add('Inner', { parentId: outer })
    expect((await customer.ask('DELETE', path(`locations/${outer}`))).status).toBe(409)
    for (const parentId of [outer, inner]) {
      expect((await customer.ask('PATCH', path(`locations/${outer}`), { parentId })).status).toBe(409)
    }
    expect((await customer.ask('PATCH', path(`locations/${outer}`), { parentId: 'nowhere' })).status).toBe(404)
    expect((await customer.ask('PATCH', path(`devices/${await idOf('UPS 1')}`), { locationId: inner })).status).toBe(204)
    expect((await customer.ask('DELETE', path(`locations/${inner}`))).status).toBe(409)
  })
})

describe('what people set about what a gateway reports', () => {
  test('goes before the gateway’s word in each later report, and is the gateway’s again when it is taken back', async () => {
    const device = await idOf('UPS 1')
    const annex = await add('Annex')
    const set = { label: 'Main UPS', locationId: annex, deviceNote: 'Key at reception', serviceDueDate: '2031-05-01' }
    expect((await customer.ask('PATCH', path(`devices/${device}`), set)).status).toBe(204)
    const unchanged = await report()
    expect(unchanged.inventory).toBe(0)
    expect((await listed()).objects.get('Main UPS')).toMatchObject({ ...set, serialNumber: 'SN-77' })
    expect((await listed()).objects.get('Frame 1')).toMatchObject({ locationId: annex, parentId: device })

    // The gateway says something else of both kinds: what people set stays, what they did not is the gateway's.
    const renamed = { ...ups, label: 'UPS 1b', deviceNote: 'From the gateway', firmwareVersion: '2.0', locationRef: 'works' }
    expect((await report([works, room], [renamed, frame])).inventory).toBe(1)
    expect((await listed()).objects.get('Main UPS')).toMatchObject({ ...set, firmwareVersion: '2.0' })

    const { body } = await customer.ask('GET', path(`devices/${device}`))
    expect(body.set.sort()).toEqual(Object.keys(set).sort())
    const taken = Object.fromEntries(Object.keys(set).map((name) => [name, null]))
    expect((await customer.ask('PATCH', path(`devices/${device}`), taken)).status).toBe(204)
    const { serviceDueDate, ...word } = (await listed()).objects.get('UPS 1b') as FeedObject
    expect(word).toMatchObject({ id: device, deviceNote: 'From the gateway', locationId: await idOf('Works') })
    expect(serviceDueDate).toBeUndefined()
    expect((await report([works, room], [renamed, frame])).inventory).toBe(0)
  })

  test('can be that there is none, whatever the gateway says, until it is taken back', async () => {
    const word = { deviceNote: 'From the gateway', serviceDueDate: '2031-05-01' }
    const cellar = { ...room, address: 'Dock Road 1' }
    await report([works, cellar], [{ ...ups, ...word }, frame])
    const paths = [path(`devices/${await idOf('UPS 1')}`), path(`locations/${await idOf('Cellar')}`)] as const
    const told = async () => {
      const { objects } = await listed()
      return [objects.get('UPS 1')?.deviceNote, objects.get('UPS 1')?.serviceDueDate, objects.get('Cellar')?.address]
    }
    expect((await customer.ask('PATCH', paths[0], { deviceNote: '', serviceDueDate: '' })).status).toBe(204)
    expect((await customer.ask('PATCH', paths[1], { address: '' })).status).toBe(204)
    expect(await told()).toEqual([undefined, undefined, undefined])
    await report([works, cellar], [{ ...ups, ...word, deviceNote: 'Another' }, frame])
    expect(await told()).toEqual([undefined, undefined, undefined])
    expect((await customer.ask('GET', paths[0])).body.set).toEqual(['deviceNote', 'serviceDueDate'])
    await customer.ask('PATCH', paths[0], { deviceNote: null, serviceDueDate: null })
    await customer.ask('PATCH', paths[1], { address: null })
    expect(await told()).toEqual(['Another', '2031-05-01', 'Dock Road 1'])
    expect((await customer.ask('PATCH', paths[0], { label: '' })).status).toBe(400)
    // People's own location has no other word on it.
    const annex = await add('Annex', { address: 'Dock Road 2' })
    await customer.ask('PATCH', path(`locations/${annex}`), { address: '' })
    expect((await listed()).objects.get('Annex')).not.toHaveProperty('address')
  })

  test('outlasts that the device is away', async () => {
    const device = await idOf('UPS 1')
    await customer.ask('PATCH', path(`devices/${device}`), { label: 'Main UPS' })
    await report([works, room], [])
    await report()
    expect((await listed()).objects.get('Main UPS')).toMatchObject({ id: device })
  })

  test('renames and moves a location with all that is in it; a gateway’s own location is not removed', async () => {
    const annex = await add('Annex')
    const cellar = await idOf('Cellar')
    const change = { label: 'Vault', parentId: annex }
    expect((await customer.ask('PATCH', path(`locations/${cellar}`), change)).status).toBe(204)
    await report()
    expect((await listed()).objects.get('Vault')).toMatchObject({ id: cellar, ...change })
    expect((await listed()).objects.get('UPS 1')).toMatchObject({ locationId: cellar })
    // Empty by where people put things: still it would come back.
    await customer.ask('PATCH', path(`devices/${await idOf('UPS 1')}`), { locationId: annex })
    const refused = await customer.ask('DELETE', path(`locations/${cellar}`))
    expect([refused.status, refused.body.type]).toEqual([409, expect.stringContaining('#location-reported')])
  })

  test('never makes a gateway’s report one to refuse: where it would lead back to itself, the gateway’s word counts', async () => {
    const other = { ref: 'other', type: 'SITE', label: 'Depot' }
    await report([works, room, other], [ups, frame])
    const [worksId, depot] = [await idOf('Works'), await idOf('Depot')]
    expect((await customer.ask('PATCH', path(`locations/${worksId}`), { parentId: depot })).status).toBe(204)
    // Now the gateway itself puts the depot into the works.
    await report([works, room, { ...other, parentRef: 'works' }], [ups, frame])
    const { objects } = await listed()
    expect(objects.get('Depot')?.parentId).toBe(worksId)
    expect(objects.get('Works')?.parentId).toBeUndefined()
    // And out of it again: what people set holds.
    await report([works, room, other], [ups, frame])
    expect((await listed()).objects.get('Works')?.parentId).toBe(depot)
  })

  test('never makes a gateway’s report one to refuse: where a location of theirs would stand too deep, it stands at the top', async () => {
    const chain = Array.from({ length: 9 }, (_, depth) => ({
      ...{ ref: `deep${depth}`, type: 'ROOM', label: `Deep ${depth}` },
      ...(depth === 0 ? {} : { parentRef: `deep${depth - 1}` }),
    }))
    await report([works, room, ...chain], [ups, frame])
    await add('Niche', { parentId: await idOf('Deep 8') })
    expect((await listed()).objects.get('Niche')?.parentId).toBe(await idOf('Deep 8'))
    const above = { ref: 'above', type: 'SITE', label: 'Above' }
    await report([works, room, above, { ...chain[0], parentRef: 'above' }, ...chain.slice(1)], [ups, frame])
    const { objects } = await listed()
    expect(objects.get('Deep 0')?.parentId).toBe(objects.get('Above')?.id)
    expect(objects.get('Niche')).toMatchObject({ label: 'Niche' })
    expect(objects.get('Niche')?.parentId).toBeUndefined()
  })

  test('is no part’s place, and nobody else’s to set', async () => {
    const part = path(`devices/${await idOf('Frame 1')}`)
    expect((await customer.ask('PATCH', part, { locationId: customer.id })).status).toBe(409)
    expect((await customer.ask('PATCH', part, { label: 'Frame A' })).status).toBe(204)
    const viewer = await managed.addMember(customer.id, 'viewer')
    expect((await viewer.ask('PATCH', part, { label: 'Mine' })).status).toBe(403)
    const stranger = await managed.staffed('customer', 'Other')
    expect((await stranger.ask('PATCH', part, { label: 'Mine' })).body.type).toContain('#not-covered')
  })
})

describe('the inventory’s tree', () => {
  test('holds all locations and devices, and is not sent again while nothing has changed', async () => {
    const annex = await add('Annex')
    await customer.ask('PATCH', path(`locations/${await idOf('Cellar')}`), { parentId: annex })
    const { body } = await customer.ask('GET', path('inventory-tree'))
    expect(body.locations).toHaveLength(3)
    expect(body.locations.find(({ label }: { label: string }) => label === 'Cellar')).toEqual({
      id: expect.any(String),
      label: 'Cellar',
      type: 'ROOM',
      parentId: annex,
      madeBy: 'gateway',
      set: ['parentId'],
    })
    expect(body.devices.find(({ label }: { label: string }) => label === 'UPS 1')).toMatchObject({
      serialNumber: 'SN-77',
      gatewayIds: [gateway.id],
    })
    const again = (version: string) => customer.ask('GET', path('inventory-tree'), undefined, { 'if-none-match': `"${version}"` })
    expect((await again(body.version)).status).toBe(304)
    await customer.ask('PATCH', path(`locations/${annex}`), { label: 'Annex 2' })
    expect((await again(body.version)).status).toBe(200)
  })

  test('is another one also where people set what the gateway says anyway: no change of the feed, and one of who says it', async () => {
    const tree = async (version = '') =>
      (await customer.ask('GET', path('inventory-tree'), undefined, { 'if-none-match': `"${version}"` })).body
    const before = await tree()
    await customer.ask('PATCH', path(`locations/${await idOf('Cellar')}`), { label: 'Cellar' })
    const after = await tree(before.version)
    expect(after.offset).toBe(before.offset)
    expect(after.locations.find(({ label }: { label: string }) => label === 'Cellar')).toMatchObject({ set: ['label'] })
  })

  test('has a state beside it: devices whose gateways are silent, or gone, are without contact', async () => {
    const state = async () => (await customer.ask('GET', path('state'))).body
    expect((await state()).inventory).toMatchObject({ devices: 2, withoutContact: 0, gateways: [{ silent: false }] })
    await customer.ask('DELETE', `/gateways/${gateway.id}`)
    expect((await state()).inventory).toEqual({ devices: 2, withoutContact: 2, gateways: [] })
  })
})
