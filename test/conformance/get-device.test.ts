import { beforeAll, describe, expect, test } from 'vitest'
import { firstOf, type InventoryObject, listOf, organizationsOf } from './families.ts'
import { ask, askRaw, bodyOf } from './operations.ts'
import type { KeyName } from './world.ts'

interface Found {
  device: InventoryObject
  ancestors: InventoryObject[]
}

const triesMax = 10

/** Percent-encoded ids that no device has. */
const odd = ['%00', 'a%2Fb', '%20', '%F0%9F%94%8C', '%27', '%ff', '%', 'x'.repeat(10_000), '0']

describe.each<KeyName>(['own', 'demo'])(
  'getDevice with the key "%s" (contract, sections 2 and 3)',
  { timeout: 180_000 },
  (key) => {
    let organizationId: string
    beforeAll(async () => {
      organizationId = await firstOf(key)
    })

    test('gives a device as it is listed, with its ancestors: devices upward, locations upward, the organization last', async () => {
      const { objects, found } = await whileUnchanged(key, organizationId)
      const byId = new Map(objects.map((object) => [object.id, object]))
      expect(found).not.toEqual([])
      for (const { device, ancestors } of found) {
        expect(device).toEqual(byId.get(device.id))
        const devices = upward(device, byId).slice(1)
        const location = byId.get(device.locationId ?? '')
        const locations = location ? upward(location, byId) : []
        expect(ancestors).toEqual([...devices, ...locations, byId.get(organizationId)])
      }
    })

    test.each(odd)('an id that no device has is a 404: %s', async (deviceId) => {
      expect((await askRaw('getDevice', key, { organizationId, deviceId })).status).toBe(404)
    })

    test('the id of a location or of the organization is no device', async () => {
      const objects = (await listOf('inventory', key, organizationId)).entries as InventoryObject[]
      const location = objects.find(({ inventoryObjectType }) => inventoryObjectType === 'Location')
      for (const deviceId of [location?.id ?? '', organizationId]) {
        expect((await ask('getDevice', key, { organizationId, deviceId })).status).toBe(404)
      }
    })
  },
)

describe('getDevice across organizations (contract, section 2)', { timeout: 180_000 }, () => {
  test("one organization's device is a 404 in another", async () => {
    const [demo, own] = await Promise.all([firstOf('demo'), firstOf('own')])
    const theirs = await anyDevice('demo', demo)
    expect((await ask('getDevice', 'own', { organizationId: own, deviceId: theirs })).status).toBe(404)
    expect((await ask('getDevice', 'demo', { organizationId: demo, deviceId: theirs })).status).toBe(200)
  })

  test('an id is the same however it is percent-encoded', async () => {
    const [organization] = await organizationsOf('own')
    const deviceId = await anyDevice('own', organization?.id ?? '')
    const encoded = (id: string) => [...Buffer.from(id)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
    const reply = await askRaw('getDevice', 'own', {
      organizationId: encoded(organization?.id ?? ''),
      deviceId: encoded(deviceId),
    })
    expect(bodyOf<Found>(reply).device.id).toBe(deviceId)
  })
})

async function anyDevice(key: KeyName, organizationId: string): Promise<string> {
  const objects = (await listOf('inventory', key, organizationId)).entries as InventoryObject[]
  return objects.find(({ inventoryObjectType }) => inventoryObjectType === 'Device')?.id ?? ''
}

/** The inventory, and getDevice of ten devices from its tops to its deepest parts, all read while nothing changed. */
async function whileUnchanged(key: KeyName, organizationId: string): Promise<{ objects: InventoryObject[]; found: Found[] }> {
  for (let tries = 0; tries < triesMax; tries++) {
    const before = await listOf('inventory', key, organizationId)
    const objects = before.entries as InventoryObject[]
    const byId = new Map(objects.map((object) => [object.id, object]))
    const devices = objects.filter(({ inventoryObjectType }) => inventoryObjectType === 'Device')
    devices.sort((a, b) => upward(a, byId).length - upward(b, byId).length)
    const some = devices.filter((_, i) => i < 5 || i >= devices.length - 5)
    const replies = await Promise.all(some.map(({ id }) => ask('getDevice', key, { organizationId, deviceId: id })))
    const after = await listOf('inventory', key, organizationId)
    if (before.offset === after.offset) return { objects, found: replies.map((reply) => bodyOf<Found>(reply)) }
  }
  throw new Error(`The inventory of ${organizationId} changed during each of ${triesMax} looks at it.`)
}

function upward(object: InventoryObject, byId: Map<string, InventoryObject>): InventoryObject[] {
  const parent = byId.get(object.parentId ?? '')
  return parent ? [object, ...upward(parent, byId)] : [object]
}
